package org.scibert.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.scibert.classifier.ModelConfig;
import org.scibert.io.Json;
import org.scibert.io.Text;
import org.scibert.network.EncoderConfig;
import org.scibert.text.Batch;
import org.scibert.text.Encoding;
import org.scibert.text.Tokenizer;

/**
 * A process that times engines one call after the other, as {@link Comparison} asks it to line by line.
 *
 * <p>Arguments: a release folder, a file of texts (JSON Lines with "text"), threads of one call, and the names of the
 * engines. A line {@code time ENGINE TOKENS ROWS REPEATS} is answered by the nanoseconds of one call: of processor time
 * if it has one thread, else by the clock. A line {@code drift ENGINE} is answered by the largest difference of a logit
 * from {@link Engine#FP32} over the texts, the mean difference, and the number of texts with another largest logit.
 */
final class Worker implements AutoCloseable {
    private static final int DRIFT_TEXTS = 64;
    private static final int DRIFT_TOKENS = 128;

    private final int threads;
    private final List<String> texts = new ArrayList<>();
    private final Tokenizer tokenizer;
    private final Map<Engine, Engine.Open> engines = new EnumMap<>(Engine.class);

    private Worker(Path release, Path texts, int threads, List<String> names) throws IOException {
        this.threads = threads;
        for (String line : Files.readAllLines(texts)) {
            this.texts.add(Json.MAPPER.readTree(line).path("text").asText());
        }
        EncoderConfig encoder = ModelConfig.read(release).network().encoder();
        tokenizer = Tokenizer.fromJson(
                Files.readString(release.resolve("tokenizer.json")), encoder.vocabSize(), encoder.padTokenId());
        for (String name : names) {
            Engine engine = Engine.valueOf(name);
            engines.put(engine, engine.open(release, threads));
        }
    }

    public static void main(String[] args) throws IOException {
        PrintStream replies = System.out;
        System.setOut(System.err); // libraries' own words
        List<String> engines = Arrays.asList(args).subList(3, args.length);
        try (Worker worker = new Worker(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2]), engines);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ");
                Engine engine = Engine.valueOf(words[1]);
                replies.println(words[0].equals("drift")
                        ? worker.drift(engine)
                        : Long.toString(worker.time(engine,
                                Integer.parseInt(words[2]), Integer.parseInt(words[3]), Integer.parseInt(words[4]))));
                replies.flush();
            }
        }
        Runtime.getRuntime().halt(0); // libtorch's destructors may fail while its threads live
    }

    /** Nanoseconds of one call with rows of so many tokens, without padding. */
    private long time(Engine engine, int tokens, int rows, int repeats) {
        List<Encoding> encodings = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            encodings.add(encoding(row, tokens));
        }
        Batch batch = Batch.of(encodings, tokenizer.padId());
        Engine.Open open = engines.get(engine);
        for (int i = 0; i < repeats; i++) { // wakes its threads, and brings its weights into the caches
            open.logits(batch);
        }
        long start = now();
        for (int i = 0; i < repeats; i++) {
            open.logits(batch);
        }
        return (now() - start) / repeats;
    }

    private long now() {
        return threads == 1 ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() : System.nanoTime();
    }

    /** The texts from one on, cut to so many tokens. */
    private Encoding encoding(int row, int tokens) {
        StringBuilder text = new StringBuilder();
        for (int i = row; ; i++) {
            text.append(texts.get(i % texts.size())).append(' ');
            Encoding encoding = tokenizer.encode(text.toString(), tokens);
            if (encoding.used() == tokens) {
                return encoding;
            }
        }
    }

    private String drift(Engine engine) {
        double largest = 0;
        double sum = 0;
        int numbers = 0;
        int others = 0;
        for (String text : texts.subList(0, Math.min(DRIFT_TEXTS, texts.size()))) {
            Batch one = Batch.of(List.of(tokenizer.encode(text, DRIFT_TOKENS)), tokenizer.padId());
            float[] full = engines.get(Engine.FP32).logits(one);
            float[] found = engines.get(engine).logits(one);
            for (int c = 0; c < full.length; c++) {
                double difference = Math.abs(full[c] - found[c]);
                largest = Math.max(largest, difference);
                sum += difference;
                numbers++;
            }
            others += label(full) == label(found) ? 0 : 1;
        }
        return Text.format("%.5f %.5f %d", largest, sum / numbers, others);
    }

    /** The place of the largest logit; of one logit, whether it is positive. */
    private static int label(float[] logits) {
        if (logits.length == 1) {
            return logits[0] > 0 ? 1 : 0;
        }
        int largest = 0;
        for (int c = 1; c < logits.length; c++) {
            largest = logits[c] > logits[largest] ? c : largest;
        }
        return largest;
    }

    @Override
    public void close() throws IOException {
        for (Engine.Open engine : engines.values()) {
            engine.close();
        }
        tokenizer.close();
    }
}
