package org.scibert.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;
import org.scibert.weights.Tensor;

class Int8SensitivityTest {
    private static final NetworkConfig CONFIG = new NetworkConfig(TinyEncoder.config(0.1), Task.MULTI_CLASS, 3, 0.3);
    private static final List<int[]> TEXTS = List.of(new int[] {2, 17, 25, 8, 3}, new int[] {2, 9, 30, 41, 52, 9, 3});

    /** One large weight in each row leaves few bits for the others: that layer loses most. */
    @Test
    void theLayerThatLosesMostComesFirst() throws Exception {
        Map<String, Tensor> weights = new LinkedHashMap<>(TinyEncoder.weights(CONFIG, 3));
        String name = "bert.encoder.layer.1.output.dense";
        float[] w = weights.get(name + ".weight").floats(); // (8, 16)
        for (int row = 0; row < 8; row++) {
            w[row * 16 + row] = 8;
        }
        weights.put(name + ".weight", Tensor.of(name + ".weight", new long[] {8, 16}, w));

        List<Set<String>> order = Int8Sensitivity.order(CONFIG, weights, TEXTS, () -> { });

        assertThat(order).hasSize(8).first().isEqualTo(Set.of(name));
        assertThat(Int8Sensitivity.order(CONFIG, weights, TEXTS, () -> { })).isEqualTo(order);
    }
}
