package org.scibert.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/**
 * Moves the outliers of activations into weights, so that 8 bits hold both (SmoothQuant, Xiao et al. 2023): channel j
 * of a linear layer's input is divided by s(j), column j of its weight multiplied by it, with
 * s(j) = max|x(j)|^α / max|w(j)|^(1-α) and α = 1/2. The network computes the same but for rounding.
 *
 * <p>It costs nothing in serving, since what is before the layer takes the division in: the LayerNorm before query, key
 * and value and before intermediate.dense, and the value projection before attention.output.dense. A LayerNorm's output
 * is a residual too, which is multiplied by s as it is added; s stands beside its weight under the name "smoothing".
 * The input of output.dense comes out of GELU and is left as it is.
 */
public final class SmoothQuant {
    /** Keeps channels that are always zero away from a division by it. */
    private static final float LEAST = 1e-5f;

    private final Map<String, Tensor> weights;

    private SmoothQuant(Map<String, Tensor> weights) {
        this.weights = weights;
    }

    /** The name of what a LayerNorm's output is divided by, (H), beside its weight. */
    static String smoothing(String weight) {
        return weight.replace(".weight", ".smoothing");
    }

    /**
     * Smooths weights.
     *
     * @param full all weights, F32
     * @param texts input ids of the texts to calibrate by, each with [CLS] and [SEP]; what the network is trained on
     * @param beforeText runs before each forward pass; ends the work by an exception
     * @return the weights with smoothing, F32, for {@link ReducedWeights#of}
     */
    public static Map<String, Tensor> smooth(
            NetworkConfig config, Map<String, Tensor> full, List<int[]> texts, Runnable beforeText)
            throws WeightsException {
        SmoothQuant smoothed = new SmoothQuant(new LinkedHashMap<>(full));
        List<float[]> maxima = maxima(config, full, texts, beforeText);
        String before = "bert.embeddings.LayerNorm";
        for (int i = 0; i < config.encoder().layers(); i++) {
            String layer = "bert.encoder.layer." + i + ".";
            String attention = layer + "attention.self.";
            smoothed.norm(before, maxima.get(3 * i), attention + "query", attention + "key", attention + "value");
            smoothed.linear(attention + "value", maxima.get(3 * i + 1), layer + "attention.output.dense");
            before = layer + "attention.output.LayerNorm";
            smoothed.norm(before, maxima.get(3 * i + 2), layer + "intermediate.dense");
            before = layer + "output.LayerNorm";
        }
        return smoothed.weights;
    }

    private static List<float[]> maxima(
            NetworkConfig config, Map<String, Tensor> full, List<int[]> texts, Runnable beforeText)
            throws WeightsException {
        try (Network network = Network.open(config, full)) {
            return texts.stream()
                    .map(text -> {
                        beforeText.run();
                        return network.activationMaxima(text);
                    })
                    .reduce(SmoothQuant::largest)
                    .orElseThrow(() -> new IllegalArgumentException("no text to calibrate by"));
        }
    }

    /** The larger of each two numbers, written into the first list. */
    private static List<float[]> largest(List<float[]> one, List<float[]> other) {
        for (int i = 0; i < one.size(); i++) {
            for (int j = 0; j < one.get(i).length; j++) {
                one.get(i)[j] = Math.max(one.get(i)[j], other.get(i)[j]);
            }
        }
        return one;
    }

    /** Divides a LayerNorm's output and multiplies the layers that read it. */
    private void norm(String norm, float[] maxima, String... readers) {
        float[] s = factors(maxima, readers);
        divideRows(norm + ".weight", s);
        divideRows(norm + ".bias", s);
        multiplyColumns(s, readers);
        put(Tensor.of(smoothing(norm + ".weight"), new long[] {s.length}, s));
    }

    /** Divides a linear layer's output and multiplies the layer that reads it. */
    private void linear(String linear, float[] maxima, String reader) {
        float[] s = factors(maxima, reader);
        divideRows(linear + ".weight", s);
        divideRows(linear + ".bias", s);
        multiplyColumns(s, reader);
    }

    /** s(j) by the largest activation and the readers' largest weight of each channel. */
    private float[] factors(float[] maxima, String... readers) {
        float[] largest = new float[maxima.length];
        for (String reader : readers) {
            float[] w = weights.get(reader + ".weight").floats(); // (out, in)
            for (int i = 0; i < w.length; i++) {
                int j = i % largest.length;
                largest[j] = Math.max(largest[j], Math.abs(w[i]));
            }
        }
        float[] s = new float[maxima.length];
        for (int j = 0; j < s.length; j++) {
            s[j] = (float) Math.sqrt(Math.max(maxima[j], LEAST) / Math.max(largest[j], LEAST));
        }
        return s;
    }

    private void divideRows(String name, float[] s) {
        Tensor weight = weights.get(name);
        float[] w = weight.floats();
        int columns = w.length / s.length;
        for (int i = 0; i < w.length; i++) {
            w[i] /= s[i / columns];
        }
        put(Tensor.of(name, weight.shape(), w));
    }

    private void multiplyColumns(float[] s, String... readers) {
        for (String reader : readers) {
            Tensor weight = weights.get(reader + ".weight");
            float[] w = weight.floats();
            for (int i = 0; i < w.length; i++) {
                w[i] *= s[i % s.length];
            }
            put(Tensor.of(weight.name(), weight.shape(), w));
        }
    }

    private void put(Tensor tensor) {
        weights.put(tensor.name(), tensor);
    }
}
