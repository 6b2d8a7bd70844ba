package org.scibert.infra.screening;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Interprets the part of Amazon States Language that the definition uses, with JSONata. Waits take no time; batches run
 * one after the other.
 */
final class StateMachine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> definition;
    private final BiFunction<String, Map<String, Object>, Object> services;
    private final Expressions expressions = new Expressions();
    private final List<String> failures = new ArrayList<>();
    private double waitedSeconds;
    private Object mapRun;

    /** @param services what a task's resource answers to its arguments; throws {@link StateFailure} to fail */
    StateMachine(String definition, BiFunction<String, Map<String, Object>, Object> services) {
        this.definition = object(parse(definition));
        this.services = (resource, arguments) -> resource.endsWith(":describeMapRun")
                ? mapRun : services.apply(resource, arguments);
    }

    Object run(Map<String, Object> input) {
        return run(definition, input, new HashMap<>(), Map.of());
    }

    /** Why batches failed; the map goes on without them. */
    List<String> failures() {
        return failures;
    }

    double waitedSeconds() {
        return waitedSeconds;
    }

    private Object run(Map<String, Object> machine, Object input, Map<String, Object> variables,
            Map<String, Object> context) {
        String name = (String) machine.get("StartAt");
        Object current = input;
        while (true) {
            Map<String, Object> state = object(object(machine.get("States")).get(name));
            Step step = step(state, current, variables, context);
            current = step.output();
            if (step.next() == null) {
                return current;
            }
            name = step.next();
        }
    }

    private record Step(Object output, String next) {}

    private Step step(Map<String, Object> state, Object input, Map<String, Object> variables,
            Map<String, Object> context) {
        Map<String, Object> states = new HashMap<>(Map.of("input", input, "context", context));
        Object result = switch ((String) state.get("Type")) {
            case "Pass", "Succeed", "Choice" -> input;
            case "Wait" -> {
                waitedSeconds += ((Number) evaluate(state.get("Seconds"), states, variables)).doubleValue();
                yield input;
            }
            case "Task" -> task(state, states, variables);
            case "Map" -> map(state, states, variables);
            case "Fail" -> throw new StateFailure((String) state.get("Error"),
                    (String) evaluate(state.get("Cause"), states, variables));
            default -> throw new IllegalArgumentException("there is no state of type " + state.get("Type"));
        };
        states.put("result", result);
        return leave(state, result, states, variables);
    }

    private Step leave(Map<String, Object> state, Object result, Map<String, Object> states,
            Map<String, Object> variables) {
        Object output = state.containsKey("Output") ? evaluate(state.get("Output"), states, variables) : result;
        String next = state.get("Type").equals("Choice")
                ? choose(state, states, variables) : (String) state.get("Next");
        // Every expression of a state sees the variables as they were before it.
        Map<String, Object> assigned = object(evaluate(state.getOrDefault("Assign", Map.of()), states, variables));
        variables.putAll(assigned);
        return new Step(output, next);
    }

    private String choose(Map<String, Object> state, Map<String, Object> states, Map<String, Object> variables) {
        for (Object choice : (List<?>) state.get("Choices")) {
            if (evaluate(object(choice).get("Condition"), states, variables).equals(true)) {
                return (String) object(choice).get("Next");
            }
        }
        return (String) state.get("Default");
    }

    private Object task(Map<String, Object> state, Map<String, Object> states, Map<String, Object> variables) {
        Map<String, Object> arguments = object(evaluate(state.get("Arguments"), states, variables));
        int retries = 0;
        while (true) {
            try {
                Object result = services.apply((String) state.get("Resource"), arguments);
                Map<String, Object> after = new HashMap<>(states);
                after.put("result", result);
                leave(state, result, after, new HashMap<>(variables));
                return result;
            } catch (StateFailure failure) {
                Map<String, Object> retrier = object(((List<?>) state.get("Retry")).get(0));
                String error = failure.error().startsWith("States.") ? failure.error() : "States.TaskFailed";
                if (!((List<?>) retrier.get("ErrorEquals")).contains(error)
                        || retries++ >= (Integer) retrier.get("MaxAttempts")) {
                    throw failure;
                }
            }
        }
    }

    private Object map(Map<String, Object> state, Map<String, Object> states, Map<String, Object> variables) {
        Map<String, Object> processor = object(state.get("ItemProcessor"));
        if (object(processor.get("ProcessorConfig")).get("Mode").equals("DISTRIBUTED")) {
            return distributed(state, processor, states, variables);
        }
        List<Object> results = new ArrayList<>();
        for (Object item : (List<?>) evaluate(state.get("Items"), states, variables)) {
            results.add(run(processor, item, new HashMap<>(variables), Map.of()));
        }
        return results;
    }

    private Object distributed(Map<String, Object> state, Map<String, Object> processor, Map<String, Object> states,
            Map<String, Object> variables) {
        int succeeded = 0;
        for (Object batch : batches(state, states, variables)) {
            try {
                run(processor, batch, new HashMap<>(), Map.of());
                succeeded++;
            } catch (StateFailure failure) {
                failures.add(failure.error());
            }
        }
        Map<String, Object> writer = object(state.get("ResultWriter"));
        Map<String, Object> arguments = object(evaluate(writer.get("Arguments"), states, variables));
        arguments.put("Key", arguments.remove("Prefix") + "/manifest.json");
        arguments.put("Body", Map.of("succeeded", succeeded, "failed", failures.size()));
        services.apply((String) writer.get("Resource"), arguments);
        mapRun = Map.of("ExecutionCounts", Map.of("Total", succeeded + failures.size(), "Failed", failures.size(),
                "TimedOut", 0, "Aborted", 0));
        return Map.of("MapRunArn", "arn:map-run");
    }

    private List<Object> batches(Map<String, Object> state, Map<String, Object> states, Map<String, Object> variables) {
        Map<String, Object> reader = object(state.get("ItemReader"));
        String[] lines = ((String) services.apply((String) reader.get("Resource"),
                object(evaluate(reader.get("Arguments"), states, variables)))).split("\n");
        Map<String, Object> batcher = object(state.get("ItemBatcher"));
        int most = (Integer) batcher.get("MaxItemsPerBatch");
        int mostBytes = (Integer) batcher.get("MaxInputBytesPerBatch");
        Object common = evaluate(batcher.get("BatchInput"), states, variables);
        List<Object> batches = new ArrayList<>();
        List<Object> batch = new ArrayList<>();
        int bytes = 0;
        for (int i = 0; i < lines.length; i++) {
            Map<String, Object> context = Map.of("Map", Map.of("Item", Map.of("Index", i, "Value", parse(lines[i]))));
            Map<String, Object> here = new HashMap<>(states);
            here.put("context", context);
            Object item = evaluate(state.get("ItemSelector"), here, variables);
            int size = item.toString().length();
            if (batch.size() == most || bytes + size > mostBytes) {
                batches.add(new LinkedHashMap<>(Map.of("BatchInput", common, "Items", batch)));
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(item);
            bytes += size;
        }
        batches.add(new LinkedHashMap<>(Map.of("BatchInput", common, "Items", batch)));
        return batches;
    }

    private Object evaluate(Object template, Map<String, Object> states, Map<String, Object> variables) {
        Map<String, Object> all = new HashMap<>(variables);
        all.put("states", states);
        return expressions.evaluate(template, all);
    }

    static Object parse(String json) {
        try {
            return JSON.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }
}
