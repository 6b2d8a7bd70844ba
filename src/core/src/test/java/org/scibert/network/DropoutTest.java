package org.scibert.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.scibert.network.TinyStep.BATCH;
import static org.scibert.network.TinyStep.EVEN;
import static org.scibert.network.TinyStep.FLAGS;
import static org.scibert.network.TinyStep.open;
import static org.scibert.network.TinyStep.rows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;
import org.scibert.weights.Tensor;

/** Dropout on [CLS], after sub-layers and on attention weights. */
class DropoutTest {
    @Test
    void itIsOnInTrainingAndOffInServing() throws Exception {
        NetworkConfig config = TinyStep.withDropout();
        try (TrainableNetwork network = open(config, OptimizerConfig.DEFAULT, TinyEncoder.weights(config, 5))) {
            assertThat(network.backward(BATCH, FLAGS, EVEN, 1)).isNotEqualTo(network.backward(BATCH, FLAGS, EVEN, 1));
            assertThat(network.logits(BATCH)).containsExactly(network.logits(BATCH));
        }
    }

    @Test
    void eachOfTheThreeIsAtWorkAlone() throws Exception {
        EncoderConfig plain = TinyEncoder.config();
        EncoderConfig hidden = TinyEncoder.config(Activation.GELU, 0.2, 0);
        EncoderConfig attention = TinyEncoder.config(Activation.GELU, 0, 0.2);
        for (NetworkConfig config : List.of(
                new NetworkConfig(plain, Task.BINARY, 1, 0.3),
                new NetworkConfig(hidden, Task.BINARY, 1, 0),
                new NetworkConfig(attention, Task.BINARY, 1, 0))) {
            try (TrainableNetwork network = open(config, OptimizerConfig.DEFAULT, TinyEncoder.weights(config, 5))) {
                assertThat(network.backward(BATCH, FLAGS, EVEN, 1))
                        .as(config.toString())
                        .isNotEqualTo(network.backward(BATCH, FLAGS, EVEN, 1));
            }
        }
    }

    @Test
    void itKeepsTheStatedShareAndScalesItUp() throws Exception {
        NetworkConfig dropping = new NetworkConfig(TinyEncoder.config(), Task.BINARY, 1, 0.3);
        Map<String, Tensor> weights = TinyEncoder.weights(dropping, 5);
        String head = WeightNames.CLASSIFIER_WEIGHT; // of zeros: a row's gradient is the vector at [CLS], as dropped
        weights.put(head, Tensor.of(head, new long[] {1, 8}, new float[8]));
        try (TrainableNetwork network = open(dropping, OptimizerConfig.DEFAULT, weights);
                TrainableNetwork plain = open(TinyStep.plain(), OptimizerConfig.DEFAULT, weights)) {
            plain.backward(rows(0, 1), new Targets.Flags(EVEN, 1), EVEN, 1);
            float[] whole = plain.gradients().get(plain.gradients().size() - 2);
            int kept = 0;
            for (int draw = 0; draw < 200; draw++) {
                network.discardGradients();
                network.backward(rows(0, 1), new Targets.Flags(EVEN, 1), EVEN, 1);
                float[] dropped = network.gradients().get(network.gradients().size() - 2);
                for (int i = 0; i < 8; i++) {
                    if (dropped[i] != 0) {
                        kept++;
                        // 0.3 is rounded to 19661 / 65536.
                        assertThat(dropped[i]).isCloseTo(whole[i] * (65536f / 45875), within(1e-6f));
                    }
                }
            }
            // 1600 draws: a deviation of 0.011.
            assertThat(kept / 1600.).isCloseTo(0.7, within(0.05));
        }
    }

    @Test
    void attentionWithAlmostNoDropoutIsAttentionWithout() throws Exception {
        // 1e-9 rounds to no element dropped, and takes the other way through the text.
        NetworkConfig almost = new NetworkConfig(TinyEncoder.config(Activation.GELU, 0, 1e-9), Task.BINARY, 1, 0);
        try (TrainableNetwork other = open(almost, OptimizerConfig.DEFAULT);
                TrainableNetwork plain = open(TinyStep.plain(), OptimizerConfig.DEFAULT)) {
            assertThat(other.backward(BATCH, FLAGS, EVEN, 1))
                    .isCloseTo(plain.backward(BATCH, FLAGS, EVEN, 1), within(1e-6f));
            for (int i = 0; i < plain.gradients().size(); i++) {
                assertThat(other.gradients().get(i)).containsExactly(plain.gradients().get(i), within(1e-5f));
            }
        }
    }

    @Test
    void whatIsKeptIsScaledByTheRoundedProbability() throws Exception {
        // Rounds to no element dropped: by the unrounded probability each would still grow by 6e-6.
        NetworkConfig almost = new NetworkConfig(TinyEncoder.config(), Task.BINARY, 1, 0.4 / 65536);
        try (TrainableNetwork other = open(almost, OptimizerConfig.DEFAULT);
                TrainableNetwork plain = open(TinyStep.plain(), OptimizerConfig.DEFAULT)) {
            assertThat(other.backward(BATCH, FLAGS, EVEN, 1)).isEqualTo(plain.backward(BATCH, FLAGS, EVEN, 1));
            for (int i = 0; i < plain.gradients().size(); i++) {
                assertThat(other.gradients().get(i)).containsExactly(plain.gradients().get(i));
            }
        }
    }

    @Test
    void aProbabilityThatRoundsToOneKeepsAsGoodAsNothing() throws Exception {
        NetworkConfig config = new NetworkConfig(TinyEncoder.config(), Task.BINARY, 1, 0.999999);
        try (TrainableNetwork network = open(config, OptimizerConfig.DEFAULT)) {
            network.backward(rows(0, 1), new Targets.Flags(EVEN, 1), EVEN, 1);
            assertThat(network.gradients().get(network.gradients().size() - 2)).containsOnly(0);
        }
    }
}
