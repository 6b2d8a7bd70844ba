package org.scibert.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;
import org.scibert.text.Batch;
import org.scibert.weights.Tensor;

class SmoothQuantTest {
    private static final NetworkConfig CONFIG = new NetworkConfig(TinyEncoder.config(0.1), Task.MULTI_CLASS, 3, 0.3);
    private static final List<int[]> TEXTS = List.of(new int[] {2, 17, 25, 8, 3}, new int[] {2, 9, 30, 41, 52, 9, 3});
    private static final Batch BATCH =
            new Batch(1, 7, new long[] {2, 9, 30, 41, 52, 9, 3}, new long[] {1, 1, 1, 1, 1, 1, 1});

    @Test
    void theNetworkStaysTheSame() throws Exception {
        Map<String, Tensor> weights = TinyEncoder.weights(CONFIG, 3);
        Map<String, Tensor> smoothed = SmoothQuant.smooth(CONFIG, weights, TEXTS, () -> { });
        try (Network network = Network.open(CONFIG, weights);
                Network other = Network.open(CONFIG, smoothed)) {
            assertThat(other.logits(BATCH)).containsExactly(network.logits(BATCH), within(1e-5f));
            assertThat(other.lastHiddenState(BATCH)).containsExactly(network.lastHiddenState(BATCH), within(1e-4f));
        }
        assertThat(smoothed).containsOnlyKeys(keys(weights));
        assertThat(smoothed.get("classifier.weight")).isSameAs(weights.get("classifier.weight"));
    }

    /** Of the last LayerNorm no quantized layer reads, so it is left. */
    private static List<String> keys(Map<String, Tensor> weights) {
        Map<String, Tensor> keys = new LinkedHashMap<>(weights);
        for (String norm : List.of("bert.embeddings.LayerNorm", "bert.encoder.layer.0.attention.output.LayerNorm",
                "bert.encoder.layer.0.output.LayerNorm", "bert.encoder.layer.1.attention.output.LayerNorm")) {
            keys.put(norm + ".smoothing", null);
        }
        return List.copyOf(keys.keySet());
    }

    /** s = sqrt(max|x| / max|w|) of each channel: both have the same largest magnitude afterwards. */
    @Test
    void eachChannelsActivationsAndWeightsGetTheSameRange() throws Exception {
        Map<String, Tensor> weights = TinyEncoder.weights(CONFIG, 3);
        Map<String, Tensor> smoothed = SmoothQuant.smooth(CONFIG, weights, TEXTS, () -> { });
        try (Network network = Network.open(CONFIG, smoothed)) {
            float[] context = new float[8];
            float[] between = new float[8];
            for (int[] text : TEXTS) {
                List<float[]> maxima = network.activationMaxima(text);
                assertThat(maxima).hasSize(6);
                largest(context, maxima.get(4));
                largest(between, maxima.get(5));
            }
            assertThat(columns(smoothed, "bert.encoder.layer.1.attention.output.dense.weight"))
                    .containsExactly(context, within(1e-4f));
            assertThat(columns(smoothed, "bert.encoder.layer.1.intermediate.dense.weight"))
                    .containsExactly(between, within(1e-4f));
        }
    }

    /** An outlier channel, as trained encoders have them, takes most of the 8 bits unless it is smoothed. */
    @Test
    void anOutliersLossIsSmaller() throws Exception {
        Map<String, Tensor> weights = new LinkedHashMap<>(TinyEncoder.weights(CONFIG, 3));
        String norm = "bert.encoder.layer.0.output.LayerNorm.weight";
        float[] outlier = weights.get(norm).floats();
        outlier[5] *= 50;
        weights.put(norm, Tensor.of(norm, new long[] {8}, outlier));
        Map<String, Tensor> smoothed = SmoothQuant.smooth(CONFIG, weights, TEXTS, () -> { });
        assertThat(loss(weights, smoothed)).isLessThan(loss(weights, weights) / 2);
    }

    private static double loss(Map<String, Tensor> weights, Map<String, Tensor> toQuantize) throws Exception {
        Map<String, Tensor> int8 = new LinkedHashMap<>();
        ReducedWeights.of(Precision.INT8, toQuantize).forEach(tensor -> int8.put(tensor.name(), tensor));
        try (Network full = Network.open(CONFIG, weights);
                Network reduced = Network.openExact(CONFIG, Precision.INT8, int8)) {
            float[] expected = full.lastHiddenState(BATCH);
            float[] found = reduced.lastHiddenState(BATCH);
            double sum = 0;
            for (int i = 0; i < found.length; i++) {
                sum += Math.pow((double) found[i] - expected[i], 2);
            }
            return sum;
        }
    }

    private static void largest(float[] all, float[] some) {
        for (int j = 0; j < all.length; j++) {
            all[j] = Math.max(all[j], some[j]);
        }
    }

    /** The largest magnitude of each column. */
    private static float[] columns(Map<String, Tensor> weights, String name) {
        float[] w = weights.get(name).floats();
        float[] largest = new float[8];
        for (int i = 0; i < w.length; i++) {
            largest[i % 8] = Math.max(largest[i % 8], Math.abs(w[i]));
        }
        return largest;
    }
}
