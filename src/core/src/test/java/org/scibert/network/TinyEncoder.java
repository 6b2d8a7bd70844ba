package org.scibert.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.scibert.decision.Task;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

/** A BERT small enough for tests: two layers, random weights, a vocabulary of letters and a few words. */
public final class TinyEncoder {
    private TinyEncoder() {}

    /** Without dropout, so that a training step can be worked out by hand. */
    public static EncoderConfig config() {
        return config(0);
    }

    /** With this dropout on hidden states and attention weights. */
    public static EncoderConfig config(double dropout) {
        return config(Activation.GELU, dropout, dropout);
    }

    static EncoderConfig config(Activation activation, double hiddenDropout, double attentionDropout) {
        return new EncoderConfig(
                2, 2, 8, 16, vocabulary().size(), 32, 2, 1e-12, activation, hiddenDropout, attentionDropout, 0);
    }

    /** One WordPiece a line. */
    public static List<String> vocabulary() {
        List<String> lines = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
        for (char c = 'a'; c <= 'z'; c++) {
            lines.add(String.valueOf(c));
            lines.add("##" + c);
        }
        for (char c = '0'; c <= '9'; c++) {
            lines.add(String.valueOf(c));
            lines.add("##" + c);
        }
        lines.addAll(List.of(".", ",", "(", ")", "[", "]", "-", "we", "study", "the", "method", "results", "cell"));
        return lines;
    }

    /** Normally distributed weights by name, the same for the same seed. */
    public static Map<String, Tensor> weights(NetworkConfig config, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        WeightNames.ofClassifier(config.encoder(), config.outputs()).forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.elements(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.3 * random.nextGaussian()) + (name.endsWith("LayerNorm.weight") ? 1 : 0);
            }
            weights.put(name, Tensor.of(name, shape, values));
        });
        return weights;
    }

    /** Writes a Hugging Face folder: config.json, vocab.txt, model.safetensors. */
    public static Path write(Path folder, long seed) throws IOException {
        NetworkConfig config = new NetworkConfig(config(0.1), Task.BINARY, 1, 0.3);
        Map<String, Tensor> weights = weights(config, seed);
        weights.remove(WeightNames.CLASSIFIER_WEIGHT);
        weights.remove(WeightNames.CLASSIFIER_BIAS);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), config.encoder().toJson().toPrettyString());
        Files.write(folder.resolve("vocab.txt"), vocabulary());
        Safetensors.write(folder.resolve("model.safetensors"), weights.values(), Map.of("format", "pt"));
        return folder;
    }
}
