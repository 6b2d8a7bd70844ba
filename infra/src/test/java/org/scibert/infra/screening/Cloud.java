package org.scibert.infra.screening;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A bucket and a function in memory, with faults. */
final class Cloud {
    private static final ObjectMapper JSON = new ObjectMapper();

    final Map<String, String> bucket = new TreeMap<>();
    final List<String> asked = new ArrayList<>();
    String version = "20261122T145400Z-1a2b3c4d";
    /** Of a hundred calls, those that fail in one of several ways. */
    int faults;
    /** Calls after which the whole machine is stopped. */
    int life = Integer.MAX_VALUE;
    private final Random random = new Random(20261122);

    /** The machine was stopped, as no state can catch. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    Object call(String resource, Map<String, Object> arguments) {
        if (life-- <= 0) {
            throw new Stopped();
        }
        return switch (resource) {
            case "arn:aws:states:::s3:getObject" -> bucket.get((String) arguments.get("Key"));
            case "arn:aws:states:::s3:putObject" -> put(arguments);
            case "arn:aws:states:::aws-sdk:s3:listObjectsV2" -> {
                fault("S3.SlowDown");
                String prefix = (String) arguments.get("Prefix");
                yield Map.of("KeyCount", bucket.keySet().stream().anyMatch(k -> k.startsWith(prefix)) ? 1 : 0);
            }
            case "arn:aws:states:::aws-sdk:s3:putObject" -> {
                fault("S3.InternalError");
                Object answer = put(arguments);
                // Written, and the answer lost.
                fault("S3.Timeout");
                yield answer;
            }
            case "arn:aws:states:::lambda:invoke" ->
                    Map.of("Payload", function(StateMachine.object(arguments.get("Payload"))));
            default -> throw new IllegalArgumentException("nobody answers " + resource);
        };
    }

    private Map<String, Object> function(Map<String, Object> event) {
        fault("Lambda.TooManyRequestsException");
        if (random.nextInt(100) < faults) {
            return random.nextBoolean()
                    ? answer(503, Map.of("error", Map.of("code", "not_ready", "message", "later")))
                    : answer(500, Map.of("error", Map.of("code", "internal", "message", "")));
        }
        Map<String, Object> body = StateMachine.object(StateMachine.parse((String) event.get("body")));
        List<?> texts = body.containsKey("text") ? List.of(body.get("text")) : (List<?>) body.get("texts");
        if (!Boolean.FALSE.equals(body.get("candidate"))) {
            throw new IllegalStateException("a run is for one model, and a candidate would answer a share of it");
        }
        if (texts.size() > 32) {
            return answer(422, Map.of("error", Map.of("code", "too_many_texts", "message", "at most 32")));
        }
        if (texts.stream().anyMatch(text -> ((String) text).isBlank())) {
            return answer(422, Map.of("error", Map.of("code", "blank_text", "message", "a text is blank")));
        }
        texts.forEach(text -> asked.add((String) text));
        return answer(200, Map.of(
                "results", texts.stream().map(text -> Map.of("label", label((String) text), "probability", 0.9))
                        .toList(),
                "model", Map.of("name", "scibert", "version", version)));
    }

    static String label(String text) {
        return text.hashCode() % 2 == 0 ? "include" : "exclude";
    }

    private static Map<String, Object> answer(int status, Map<String, Object> body) {
        return Map.of("statusCode", status, "body", write(body));
    }

    private Object put(Map<String, Object> arguments) {
        bucket.put((String) arguments.get("Key"), write(arguments.get("Body")));
        return Map.of("ETag", "tag");
    }

    private void fault(String error) {
        if (random.nextInt(100) < faults) {
            throw new StateFailure(error, "injected");
        }
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
