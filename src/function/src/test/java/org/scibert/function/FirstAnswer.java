package org.scibert.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ModelConfig;
import org.scibert.classifier.PrecisionChoice;
import org.scibert.network.Precision;
import org.scibert.store.FileStore;

/**
 * Measures what a cold start costs: from the start of a process to its first right answer on Lambda, the model being
 * fetched from an S3 server of this process. The programs take turns, so that a busy machine is busy for all of them.
 * Tells the steps of the start, as each function logs them, and what they leave: the process before its JVM, and the
 * first request.
 *
 * <p>Arguments: a folder that the training job published to, the model's name, the number of rounds, and perhaps the
 * command of a program of its own to measure in place of executable and jar, which is run in target. The variable
 * MODEL_PRECISION is handed down.
 */
public final class FirstAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT = "The effect of fluoxetine on the forced swim test was studied in 40 rats.";
    /** Where {@link RehearsalIT} has run. */
    private static final Path AOT_CACHE = LambdaProcess.FOLDER.resolve("function.aot");

    private static final Pattern IN_SERVICE = Pattern.compile("in service after [\\d.]+ s: ([^\"\\n]+)");

    private static final long PATIENCE_SECONDS = 120;
    /** Between processes of the same network, where one runs native and one does not. */
    private static final double TOLERANCE = 1e-5;

    private final ModelBucket bucket;
    private final Path folder;
    private final Map<String, Double> expected;
    /** By program, for each round the figures by name; times in seconds. */
    private final Map<String, List<Map<String, Double>>> measured = new LinkedHashMap<>();

    private FirstAnswer(ModelBucket bucket, PrecisionChoice choice, Path folder) throws Exception {
        this.bucket = bucket;
        this.folder = folder;
        Precision served = choice.of(ModelConfig.read(bucket.release())).precision();
        try (Classifier classifier = Classifier.open(bucket.release(), served)) {
            this.expected = classifier.classify(List.of(TEXT)).get(0).decision().probabilities();
        }
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("first-answer");
        FileStore store = new FileStore(Path.of(args[0]));
        PrecisionChoice choice = PrecisionChoice.parse(
                System.getenv().getOrDefault("MODEL_PRECISION", PrecisionChoice.AUTO));
        try (ModelBucket bucket = ModelBucket.copyOf(store, args[1], choice, folder.resolve("release"))) {
            FirstAnswer benchmark = new FirstAnswer(bucket, choice, folder);
            for (int round = 0; round < Integer.parseInt(args[2]); round++) {
                for (var program : programs(Arrays.asList(args).subList(3, args.length)).entrySet()) {
                    benchmark.measure(program.getKey(), program.getValue(), round);
                }
            }
            benchmark.printMedians();
        }
        System.exit(0); // S3Proxy's threads run on.
    }

    private static Map<String, LambdaProcess.Program> programs(List<String> command) {
        Map<String, LambdaProcess.Program> programs = new LinkedHashMap<>();
        if (!command.isEmpty()) {
            programs.put("command", new LambdaProcess.Program(command, Map.of()));
            return programs;
        }
        if (Files.exists(LambdaProcess.EXECUTABLE)) {
            programs.put("executable", LambdaProcess.Program.executable());
        }
        programs.put("jar", LambdaProcess.Program.jar());
        if (Files.exists(AOT_CACHE)) {
            programs.put("jar with AOT cache", LambdaProcess.Program.jar(
                    "-XX:AOTCache=" + AOT_CACHE.getFileName(), "-XX:AOTMode=on", "-XX:+UseSerialGC"));
        }
        return programs;
    }

    private void measure(String name, LambdaProcess.Program program, int round) throws Exception {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (RuntimeApi lambda = RuntimeApi.start()) {
            Map<String, String> environment = new HashMap<>(bucket.environment());
            environment.putAll(LambdaProcess.lambda(lambda));
            String event = FunctionUrlEvent.of(Exchange.post("text", "/classify",
                    JSON.writeValueAsString(JSON.createObjectNode().put("text", TEXT)))).toString();
            long start = System.nanoTime();
            try (LambdaProcess function = LambdaProcess.start(program, environment, folder.resolve(name + round))) {
                String first;
                try {
                    first = lambda.invoke(event).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
                } catch (RuntimeException e) {
                    throw new AssertionError("no answer; the function says: " + function.log(), e);
                }
                figures.put("first answer, s", secondsSince(start));
                addSteps(figures, function.log());
                figures.put("processor time, s", function.processorTime().toNanos() / 1e9);
                figures.put("resident, MB", function.status("VmRSS") / 1000.);
                figures.put("at most, MB", function.status("VmHWM") / 1000.);
                requireRight(first);
                long again = System.nanoTime();
                lambda.invoke(event).join();
                figures.put("second answer, s", secondsSince(again));
            }
        }
        measured.computeIfAbsent(name, unused -> new ArrayList<>()).add(figures);
        System.out.println(name + " " + figures);
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Adds the steps of the start, and what of the time to the first answer they leave. */
    private static void addSteps(Map<String, Double> figures, String log) {
        Matcher logged = IN_SERVICE.matcher(log);
        if (!logged.find()) {
            throw new AssertionError("the steps of the start are not in the log: " + log);
        }
        double rest = figures.get("first answer, s");
        for (String step : logged.group(1).split(", ")) {
            int space = step.lastIndexOf(' ');
            double seconds = Double.parseDouble(step.substring(space + 1));
            figures.put(step.substring(0, space), seconds);
            rest -= seconds;
        }
        figures.put("rest", rest);
    }

    private void printMedians() {
        measured.forEach((program, rounds) -> {
            String names = String.join(" | ", rounds.get(0).keySet());
            String medians = rounds.get(0).keySet().stream()
                    .map(name -> String.format(
                            Locale.ROOT, name.endsWith("MB") ? "%.0f" : "%.2f", median(rounds, name)))
                    .collect(Collectors.joining(" | "));
            System.out.printf("%n| medians of %d | %s |%n| %s | %s |%n", rounds.size(), names, program, medians);
        });
    }

    private static double median(List<Map<String, Double>> rounds, String name) {
        return rounds.stream().mapToDouble(round -> round.get(name)).sorted().toArray()[rounds.size() / 2];
    }

    private void requireRight(String answer) throws Exception {
        JsonNode found = JSON.readTree(JSON.readTree(answer).get("body").asText()).at("/results/0/probabilities");
        expected.forEach((label, p) -> {
            if (!(Math.abs(found.path(label).asDouble(Double.NaN) - p) < TOLERANCE)) {
                throw new AssertionError("%s should be %s for %s: %s".formatted(label, p, TEXT, answer));
            }
        });
    }
}
