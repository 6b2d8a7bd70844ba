package org.scibert.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ModelConfig;
import org.scibert.classifier.PrecisionChoice;
import org.scibert.network.Precision;
import org.scibert.store.FileStore;

/**
 * Measures what a cold start costs: from the start of a process to its first right answer on Lambda, the model being
 * fetched from an S3 server of this process. The programs take turns, so that a busy machine is busy for all of them.
 *
 * <p>Arguments: a folder that the training job published to, the model's name, the number of rounds, and perhaps the
 * command of a program of its own to measure in place of executable and jar.
 */
public final class FirstAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT = "The effect of fluoxetine on the forced swim test was studied in 40 rats.";
    /** Where {@link RehearsalIT} has run. */
    private static final Path AOT_CACHE = Path.of("target", "function.aot");

    private static final long PATIENCE_SECONDS = 120;
    /** Between processes of the same network, where one runs native and one does not. */
    private static final double TOLERANCE = 1e-5;

    private final ModelBucket bucket;
    private final Path folder;
    private final Map<String, Double> expected;

    private FirstAnswer(ModelBucket bucket, Path folder) throws Exception {
        this.bucket = bucket;
        this.folder = folder;
        Precision served = PrecisionChoice.AS_RELEASED.of(ModelConfig.read(bucket.release())).precision();
        try (Classifier classifier = Classifier.open(bucket.release(), served)) {
            this.expected = classifier.classify(List.of(TEXT)).get(0).decision().probabilities();
        }
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("first-answer");
        Map<String, LambdaProcess.Program> programs = new LinkedHashMap<>();
        if (args.length > 3) {
            programs.put("command", new LambdaProcess.Program(Arrays.asList(args).subList(3, args.length), Map.of()));
        } else {
            programs.put("executable", LambdaProcess.Program.executable());
            programs.put("jar", LambdaProcess.Program.jar());
            if (Files.exists(AOT_CACHE)) {
                programs.put("jar with AOT cache",
                        LambdaProcess.Program.jar("-XX:AOTCache=" + AOT_CACHE, "-XX:+UseSerialGC"));
            }
        }
        FileStore store = new FileStore(Path.of(args[0]));
        try (ModelBucket bucket = ModelBucket.copyOf(store, args[1], folder.resolve("release"))) {
            FirstAnswer benchmark = new FirstAnswer(bucket, folder);
            System.out.println("| program | first answer, ms | processor, ms | resident, MB | at most, MB | second answer, ms |");
            System.out.println("|---|---|---|---|---|---|");
            for (int round = 0; round < Integer.parseInt(args[2]); round++) {
                for (var program : programs.entrySet()) {
                    benchmark.measure(program.getKey(), program.getValue(), round);
                }
            }
        }
        System.exit(0); // S3Proxy's threads run on.
    }

    private void measure(String name, LambdaProcess.Program program, int round) throws Exception {
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
                long answered = System.nanoTime();
                Duration processor = function.processorTime();
                requireRight(first);
                long again = System.nanoTime();
                lambda.invoke(event).join();
                long answeredAgain = System.nanoTime();
                System.out.printf("| %s | %d | %d | %d | %d | %d |%n", name, (answered - start) / 1_000_000,
                        processor.toMillis(), function.status("VmRSS") / 1000, function.status("VmHWM") / 1000,
                        (answeredAgain - again) / 1_000_000);
            }
        }
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
