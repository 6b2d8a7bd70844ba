package org.scibert.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scibert.io.TemporaryFolder;
import org.scibert.io.Text;
import org.scibert.release.Releases;
import org.scibert.runtime.Processor;
import org.scibert.store.FileStore;

/**
 * Compares this project's network with ONNX Runtime's on one release, and prints tables in Markdown: medians of
 * latency, their ratios, and how far each engine's logits are from those in fp32.
 *
 * <p>Arguments: a folder that the training job published to, the model's name, a file of texts (JSON Lines with
 * "text"), then three lists with commas: threads, rows of a batch, tokens of a row; and the number of rounds. Engines
 * take turns, each in a process of its own, as it is served; in one process ONNX Runtime's threads, which spin on after a
 * call, would be in the others' way. With one thread processor time is counted, with more wall-clock time.
 */
public final class Comparison {
    private static final List<Engine> ENGINES =
            Arrays.stream(Engine.values()).filter(Engine::isFastHere).toList();
    /** A timing lasts about so long. */
    private static final double TIMING_NANOS = 40e6;
    /** In which the other process's threads fall asleep. */
    private static final int PAUSE_MILLIS = 30;

    private final Path release;
    private final String texts;

    private Comparison(Path release, String texts) {
        this.release = release;
        this.texts = texts;
    }

    public static void main(String[] args) throws Exception {
        run(System.out, args);
    }

    static void run(PrintStream out, String... args) throws Exception {
        out.println(Processor.current());
        try (TemporaryFolder cache = TemporaryFolder.create("peers")) {
            Releases releases = new Releases(new FileStore(Path.of(args[0])), args[1], Clock.systemUTC());
            Path folder = releases.open(Optional.empty(), cache.path()).folder();
            Comparison comparison = new Comparison(folder, args[2]);
            for (int threads : numbers(args[3])) {
                comparison.compare(threads, numbers(args[4]), numbers(args[5]), Integer.parseInt(args[6]), out);
            }
            comparison.drift(out);
        }
    }

    private static int[] numbers(String list) {
        return Stream.of(list.split(",")).mapToInt(Integer::parseInt).toArray();
    }

    private void compare(int threads, int[] rows, int[] tokens, int rounds, PrintStream out) throws Exception {
        Map<Engine, Child> children = new EnumMap<>(Engine.class);
        try {
            for (Engine engine : ENGINES) {
                children.put(engine, new Child(release, texts, threads, List.of(engine)));
            }
            for (int b : rows) {
                out.println(
                        Text.format("%n%s, %s of a batch, ms%n", Text.count(threads, "thread"), Text.count(b, "row")));
                out.println("| tokens | " + ENGINES.stream().map(Engine::title).collect(Collectors.joining(" | "))
                        + " | fp32 / ONNX fp32 | int8 / ONNX int8 | bf16 / fp32 | int8 / fp32 |");
                out.println("|---".repeat(ENGINES.size() + 5) + "|");
                for (int t : tokens) {
                    out.println(row(t, medians(children, t, b, rounds)));
                }
            }
        } finally {
            for (Child child : children.values()) {
                child.close();
            }
        }
    }

    /** Milliseconds of one call of each engine. */
    private static Map<Engine, Double> medians(Map<Engine, Child> children, int tokens, int rows, int rounds)
            throws Exception {
        Map<Engine, Integer> repeats = new EnumMap<>(Engine.class);
        Map<Engine, List<Long>> times = new EnumMap<>(Engine.class);
        for (int round = -2; round < rounds; round++) { // the first is cold, the second says how many repeats there are
            for (Engine engine : ENGINES) {
                Thread.sleep(PAUSE_MILLIS);
                long nanos = Long.parseLong(children.get(engine).ask(Text.format(
                        "time %s %d %d %d", engine.name(), tokens, rows, repeats.getOrDefault(engine, 1))));
                if (round < 0) {
                    repeats.put(engine, (int) Math.ceil(TIMING_NANOS / Math.max(nanos, 1)));
                } else {
                    times.computeIfAbsent(engine, e -> new ArrayList<>()).add(nanos);
                }
            }
        }
        Map<Engine, Double> medians = new EnumMap<>(Engine.class);
        times.forEach((engine, all) ->
                medians.put(engine, all.stream().sorted().skip(all.size() / 2).findFirst().orElseThrow() / 1e6));
        return medians;
    }

    private static String row(int tokens, Map<Engine, Double> ms) {
        String latencies = ENGINES.stream()
                .map(engine -> Text.format("%.2f", ms.get(engine))).collect(Collectors.joining(" | "));
        return Text.format("| %d | %s | %s | %s | %s | %s |", tokens, latencies,
                ratio(ms, Engine.FP32, Engine.ONNX_FP32), ratio(ms, Engine.INT8, Engine.ONNX_INT8),
                ratio(ms, Engine.BF16, Engine.FP32), ratio(ms, Engine.INT8, Engine.FP32));
    }

    private static String ratio(Map<Engine, Double> ms, Engine one, Engine other) {
        return ms.containsKey(one) && ms.containsKey(other)
                ? Text.format("%.2f", ms.get(one) / ms.get(other))
                : "";
    }

    private void drift(PrintStream out) throws Exception {
        out.println(Text.format("%nLogits beside those in fp32, of the first texts%n"));
        out.println("| engine | largest difference | mean difference | texts with another label |");
        out.println("|---|---|---|---|");
        try (Child all = new Child(release, texts, 1, ENGINES)) {
            for (Engine engine : ENGINES) {
                if (engine != Engine.FP32) {
                    String[] found = all.ask("drift " + engine.name()).split(" ");
                    out.println(Text.format("| %s | %s |", engine.title(), String.join(" | ", found)));
                }
            }
        }
    }

    /** A {@link Worker} and the lines to and from it. */
    private static final class Child implements AutoCloseable {
        private final Process process;
        private final BufferedReader replies;
        private final Writer requests;

        Child(Path release, String texts, int threads, List<Engine> engines) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx2g",
                    "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                    Worker.class.getName(), release.toString(), texts, Integer.toString(threads)));
            engines.forEach(engine -> command.add(engine.name()));
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
            process = builder.start();
            replies = process.inputReader(StandardCharsets.UTF_8);
            requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        }

        String ask(String line) throws IOException {
            requests.write(line + "\n");
            requests.flush();
            String reply = replies.readLine();
            if (reply == null) {
                throw new IOException("the process of the engines has ended; what it wrote stands above");
            }
            return reply;
        }

        @Override
        public void close() throws IOException, InterruptedException {
            requests.close();
            process.waitFor();
        }
    }
}
