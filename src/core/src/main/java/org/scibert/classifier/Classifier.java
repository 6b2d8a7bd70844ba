package org.scibert.classifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.scibert.network.Network;
import org.scibert.network.Precision;
import org.scibert.network.ReducedWeights;
import org.scibert.text.Batch;
import org.scibert.text.Encoding;
import org.scibert.text.Tokenizer;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

/**
 * A release in use. Several threads may call it at once.
 *
 * <p>It owns the tokenizer's and the network's native memory and frees them in {@link #close()}; no call may be under
 * way then.
 */
public final class Classifier implements AutoCloseable {
    /** Rows of one forward pass. More would hardly be faster on a processor and hold more memory. */
    private static final int BATCH_ROWS = 16;

    private final ModelConfig config;
    private final Tokenizer tokenizer;
    private final Network network;

    private Classifier(ModelConfig config, Tokenizer tokenizer, Network network) {
        this.config = config;
        this.tokenizer = tokenizer;
        this.network = network;
    }

    /**
     * Opens a release folder: config.json, tokenizer.json and model.safetensors, which is mapped and must stay in
     * place. Digests are not checked here; {@link org.scibert.release.Releases} has done it.
     */
    public static Classifier open(Path release) throws IOException {
        return open(release, Precision.FP32);
    }

    /**
     * The same in another precision: faster on a processor, at a loss that {@code evaluate} measures. The weights are
     * reduced as they are opened.
     */
    public static Classifier open(Path release, Precision precision) throws IOException {
        ModelConfig config = ModelConfig.read(release);
        Tokenizer tokenizer = Tokenizer.fromJson(
                Files.readString(release.resolve("tokenizer.json")),
                config.network().encoder().vocabSize(),
                config.network().encoder().padTokenId());
        try {
            Map<String, Tensor> weights = new LinkedHashMap<>();
            ReducedWeights.of(precision, Safetensors.map(release.resolve("model.safetensors")))
                    .forEach(weight -> weights.put(weight.name(), weight));
            Network network = Network.open(config.network(), precision, weights);
            return new Classifier(config, tokenizer, network);
        } catch (IOException | RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    public ModelConfig config() {
        return config;
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** Cuts each text to the model's tokens. */
    public List<Encoding> encode(List<String> texts) {
        return tokenizer.encode(texts, config.maxTokens());
    }

    /** Classifies each text, in the order given. */
    public List<Classification> classify(List<String> texts) {
        return classifyEncoded(encode(texts));
    }

    /**
     * Classifies texts that {@link #encode} has cut, in the order given. Texts of like length share a forward pass.
     *
     * @throws ArithmeticException if the network gives a logit that is not finite
     */
    public List<Classification> classifyEncoded(List<Encoding> encodings) {
        int[] byLength = IntStream.range(0, encodings.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> encodings.get(i).used()))
                .mapToInt(Integer::intValue)
                .toArray();
        Classification[] found = new Classification[encodings.size()];
        for (int start = 0; start < byLength.length; start += BATCH_ROWS) {
            int[] rows = Arrays.copyOfRange(byLength, start, Math.min(start + BATCH_ROWS, byLength.length));
            List<Encoding> batch = Arrays.stream(rows).mapToObj(encodings::get).toList();
            float[] logits = network.logits(Batch.of(batch, tokenizer.padId())); // (B, C)
            int outputs = config.network().outputs();
            for (int b = 0; b < rows.length; b++) {
                float[] row = Arrays.copyOfRange(logits, b * outputs, (b + 1) * outputs);
                Encoding e = encodings.get(rows[b]);
                found[rows[b]] = new Classification(config.rule().decide(row), row, e.used(), e.total());
            }
        }
        return List.of(found);
    }

    @Override
    public void close() {
        network.close();
        tokenizer.close();
    }
}
