package org.scibert.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;
import org.scibert.network.Network;
import org.scibert.network.NetworkConfig;
import org.scibert.network.TinyEncoder;
import org.scibert.text.Batch;
import org.scibert.text.Encoding;
import org.scibert.weights.Tensor;

class OnnxNetworkTest {
    private static final NetworkConfig CONFIG = new NetworkConfig(TinyEncoder.config(), Task.MULTI_CLASS, 3, 0);
    private static final Map<String, Tensor> WEIGHTS = TinyEncoder.weights(CONFIG, 7);
    /** The second row is padded. */
    private static final Batch BATCH = Batch.of(List.of(
            new Encoding(new int[] {2, 60, 11, 75, 30, 3}, 6), new Encoding(new int[] {2, 41, 3}, 3)), 0);

    @Test
    void theGraphInFp32GivesTheNetworksLogits() throws Exception {
        try (Network network = Network.open(CONFIG, WEIGHTS);
                OnnxNetwork peer = new OnnxNetwork(CONFIG, WEIGHTS, false, 1)) {
            assertThat(peer.logits(BATCH)).containsExactly(network.logits(BATCH), within(1e-4f));
        }
    }

    @Test
    void theGraphInInt8GivesNearlyTheNetworksLogits() throws Exception {
        try (Network network = Network.open(CONFIG, WEIGHTS);
                OnnxNetwork peer = new OnnxNetwork(CONFIG, WEIGHTS, true, 1)) {
            float[] full = network.logits(BATCH);
            float[] reduced = peer.logits(BATCH);
            assertThat(reduced).isNotEqualTo(full);
            // Eight bits of activations between about -4 and 4: steps of 0.03, twice a layer.
            assertThat(reduced).containsExactly(full, within(0.3f));
        }
    }
}
