package org.scibert.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.scibert.network.TinyStep.EVEN;
import static org.scibert.network.TinyStep.FLAGS;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

class TrainingStateTest {
    private static final NetworkConfig CONFIG = TinyStep.withDropout();

    @Test
    void aNetworkThatTakesOverTheStateGoesOnByteForByte() throws Exception {
        Map<String, Tensor> afterThree;
        Map<String, Tensor> afterSeven;
        try (TrainableNetwork first = TinyStep.open(CONFIG, OptimizerConfig.DEFAULT)) {
            TinyStep.take(first, 3);
            afterThree = first.state();
            first.seed(99);
            TinyStep.take(first, 4);
            afterSeven = first.state();
        }
        try (TrainableNetwork second =
                TinyStep.open(CONFIG, OptimizerConfig.DEFAULT, TinyEncoder.weights(CONFIG, 6))) {
            TinyStep.take(second, 2);
            second.backward(TinyStep.BATCH, FLAGS, EVEN, 1); // a gradient that the state doesn't have
            second.restore(afterThree);
            assertSame(second.state(), afterThree);
            second.seed(99);
            TinyStep.take(second, 4);
            assertSame(second.state(), afterSeven);
        }
        assertThat(afterSeven.get("adamw.step").floats()).containsExactly(7);
        assertThat(afterSeven.get("classifier.weight").floats())
                .isNotEqualTo(afterThree.get("classifier.weight").floats());
    }

    @Test
    void theStateHoldsWeightsBothMomentsAndTheStepCount() throws Exception {
        try (TrainableNetwork network = TinyStep.open(CONFIG, OptimizerConfig.DEFAULT)) {
            assertThat(network.state().keySet())
                    .hasSize(3 * WeightNames.names(CONFIG.encoder(), 1).size() + 1)
                    .contains("classifier.bias", "adamw.exp_avg.classifier.bias", "adamw.exp_avg_sq.classifier.bias");
        }
    }

    @Test
    void aStateThatDoesNotFitIsRefusedAndChangesNothing() throws Exception {
        try (TrainableNetwork network = TinyStep.open(CONFIG, OptimizerConfig.DEFAULT)) {
            TinyStep.take(network, 1);
            Map<String, Tensor> before = network.state();
            TinyStep.take(network, 1);
            Map<String, Tensor> now = network.state();

            Map<String, Tensor> lacking = new LinkedHashMap<>(before);
            lacking.remove("adamw.exp_avg.classifier.bias");
            assertRefused(network, lacking, "lacks [adamw.exp_avg.classifier.bias]");
            Map<String, Tensor> more = new LinkedHashMap<>(before);
            more.put("other", Tensor.of("other", new long[] {1}, EVEN));
            assertRefused(network, more, "has [other] besides");
            Map<String, Tensor> misshapen = new LinkedHashMap<>(before);
            misshapen.put("classifier.bias", Tensor.of("classifier.bias", new long[] {1, 1}, EVEN));
            assertRefused(network, misshapen, "classifier.bias of the training state should be F32 of shape [1]");

            assertSame(network.state(), now);
        }
    }

    private static void assertRefused(TrainableNetwork network, Map<String, Tensor> state, String message) {
        assertThatThrownBy(() -> network.restore(state))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(message);
    }

    private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, tensor) -> assertThat(actual.get(name).data()).as(name).isEqualTo(tensor.data()));
    }
}
