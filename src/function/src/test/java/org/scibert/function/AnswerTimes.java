package org.scibert.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.scibert.classifier.Classifier;
import org.scibert.io.Text;
import org.scibert.classifier.PrecisionChoice;
import org.scibert.store.FileStore;
import org.scibert.text.Tokenizer;

/**
 * Measures what Lambda would bill a warm call: from the event that a function takes to its answer, for one text of 32
 * and one of 256 tokens, asked one at a time. Executable and jar, where they have been built, answer in turns.
 *
 * <p>Arguments: a folder that the training job published to, the model's name, and the number of calls of each length.
 */
public final class AnswerTimes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Integer> TOKENS = List.of(32, 256);
    private static final List<String> WORDS =
            List.of("we", "study", "the", "effect", "of", "sleep", "on", "memory", "in", "a", "trial", "of", "adults");
    private static final int WARM_UP = 30;
    private static final long PATIENCE_SECONDS = 120;

    private AnswerTimes() {}

    /** A program that is running, and the stand-in that asks it. */
    private record Running(RuntimeApi lambda, LambdaProcess process) implements AutoCloseable {
        double millis(String event) {
            long start = System.nanoTime();
            lambda.invoke(event).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            return (System.nanoTime() - start) / 1e6;
        }

        @Override
        public void close() {
            process.close();
            lambda.close();
        }
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("answer-times");
        int calls = Integer.parseInt(args[2]);
        Map<String, LambdaProcess.Program> programs = new LinkedHashMap<>();
        if (Files.exists(LambdaProcess.EXECUTABLE)) {
            programs.put("executable", LambdaProcess.Program.executable());
        }
        if (Files.exists(LambdaProcess.JAR)) {
            programs.put("jar", LambdaProcess.Program.jar());
        }
        try (ModelBucket bucket = ModelBucket.copyOf(
                new FileStore(Path.of(args[0])), args[1], PrecisionChoice.AS_RELEASED, folder.resolve("release"))) {
            Map<Integer, String> events = events(bucket.release());
            Map<String, Running> running = new LinkedHashMap<>();
            for (var program : programs.entrySet()) {
                RuntimeApi lambda = RuntimeApi.start();
                Map<String, String> environment = new HashMap<>(bucket.environment());
                environment.putAll(LambdaProcess.lambda(lambda));
                running.put(program.getKey(), new Running(
                        lambda, LambdaProcess.start(
                                program.getValue(), environment, folder.resolve(program.getKey()))));
            }
            print(measure(events, running, calls));
            running.values().forEach(Running::close);
        }
        System.exit(0); // S3Proxy's threads run on.
    }

    /** An event for each length, of words in a fixed order. */
    private static Map<Integer, String> events(Path release) throws Exception {
        Map<Integer, String> events = new LinkedHashMap<>();
        try (Classifier classifier = Classifier.open(release)) {
            for (int tokens : TOKENS) {
                String text = text(classifier.tokenizer(), tokens);
                events.put(tokens, FunctionUrlEvent.of(Exchange.post("text", "/classify",
                        JSON.writeValueAsString(JSON.createObjectNode().put("text", text)))).toString());
            }
        }
        return events;
    }

    private static String text(Tokenizer tokenizer, int tokens) {
        StringBuilder text = new StringBuilder(WORDS.get(0));
        for (int i = 1; tokenizer.encode(List.of(text.toString()), tokens + 1).get(0).inputIds().length < tokens; i++) {
            text.append(' ').append(WORDS.get(i % WORDS.size()));
        }
        return text.toString();
    }

    /** Milliseconds of every call, by program and tokens. */
    private static Map<String, List<Double>> measure(
            Map<Integer, String> events, Map<String, Running> running, int calls) {
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        for (int call = -WARM_UP; call < calls; call++) {
            for (var program : running.entrySet()) {
                for (var event : events.entrySet()) {
                    double taken = program.getValue().millis(event.getValue());
                    if (call >= 0) {
                        millis.computeIfAbsent(program.getKey() + " | " + event.getKey(), k -> new ArrayList<>())
                                .add(taken);
                    }
                }
            }
        }
        return millis;
    }

    private static void print(Map<String, List<Double>> millis) {
        System.out.println("| program | tokens | median, ms | 95 %, ms |");
        System.out.println("|---|---|---|---|");
        millis.forEach((what, all) -> {
            Collections.sort(all);
            System.out.println(Text.format("| %s | %.1f | %.1f |",
                    what, all.get(all.size() / 2), all.get(all.size() * 95 / 100)));
        });
    }
}
