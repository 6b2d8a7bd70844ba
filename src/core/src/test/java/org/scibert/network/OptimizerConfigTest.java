package org.scibert.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.scibert.network.TinyStep.BATCH;
import static org.scibert.network.TinyStep.EVEN;
import static org.scibert.network.TinyStep.FLAGS;

import ai.djl.Device;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;
import org.scibert.runtime.Processor;
import org.scibert.text.Batch;
import org.scibert.weights.Tensor;

/** What each setting does to a step; {@link TrainableNetworkTest} has the step itself. */
class OptimizerConfigTest {
    private static final OptimizerConfig SMOOTHED = new OptimizerConfig(0, 1, 1, false, 0.2, Compute.FP32);
    private static final OptimizerConfig FROZEN = new OptimizerConfig(0.1, 0.5, 1, true, 0, Compute.FP32);
    private static final OptimizerConfig BF16 = new OptimizerConfig(0, 1, 1, false, 0, Compute.BF16);

    @Test
    void smoothedFlagsLieATenthFromTheirEnds() throws Exception {
        // Logit 0.4, targets 0.9, 0.1, 0.9, pos_weight 3: 3 y ln(1 + e^-z) + (1 - y) ln(1 + e^z)
        double positive = Math.log1p(Math.exp(-0.4));
        double negative = Math.log1p(Math.exp(0.4));
        double expected = (2 * (2.7 * positive + 0.1 * negative) + 0.3 * positive + 0.9 * negative) / 3;
        try (TrainableNetwork network = TinyStep.constant(SMOOTHED, Task.BINARY, 0.4f)) {
            assertThat(network.backward(BATCH, FLAGS, new float[] {3}, 1)).isCloseTo((float) expected, within(1e-6f));
        }
    }

    @Test
    void smoothedClassesShareAFifthAmongAll() throws Exception {
        // Classes 0, 2, 2 with weights 1, 2, 4, as PyTorch: 0.8 of the weighted cross-entropy and 0.2 / 3 of each row's
        // weighted sum over all classes, divided by the weights' sum 9.
        double sum = Math.log(Math.exp(0.4) + Math.exp(-1) + Math.exp(0.1));
        double hit = (sum - 0.4) + 2 * 4 * (sum - 0.1);
        double all = 3 * ((sum - 0.4) + 2 * (sum + 1) + 4 * (sum - 0.1));
        try (TrainableNetwork network = TinyStep.constant(SMOOTHED, Task.MULTI_CLASS, 0.4f, -1, 0.1f)) {
            Targets classes = new Targets.Classes(new long[] {0, 2, 2});
            assertThat(network.backward(BATCH, classes, new float[] {1, 2, 4}, 1))
                    .isCloseTo((float) ((0.8 * hit + 0.2 / 3 * all) / 9), within(1e-6f));
        }
    }

    /**
     * Two rows, the first in two windows: the loss is that of the joined logits, and the gradients flow through them.
     */
    @Test
    void aRowsWindowsAreJoinedBeforeTheLoss() throws Exception {
        float[] weights = {3};
        Targets flags = new Targets.Flags(new float[] {0, 1}, 1);
        try (TrainableNetwork network = TinyStep.open(TinyStep.plain(), OptimizerConfig.DEFAULT)) {
            float[] logits = network.logits(BATCH);
            double largest = Math.max(logits[0], logits[1]);
            double expected = (Math.log1p(Math.exp(largest)) + 3 * Math.log1p(Math.exp(-logits[2]))) / 2;
            assertThat(network.backward(BATCH, new int[] {2, 1}, flags, weights, 1))
                    .isCloseTo((float) expected, within(1e-5f));
            assertThat(network.gradients().get(0)).isNotNull();
        }
        try (TrainableNetwork windows = TinyStep.open(TinyStep.plain(), OptimizerConfig.DEFAULT);
                TrainableNetwork rows = TinyStep.open(TinyStep.plain(), OptimizerConfig.DEFAULT)) {
            assertThat(windows.backward(BATCH, new int[] {1, 1, 1}, FLAGS, EVEN, 1))
                    .isCloseTo(rows.backward(BATCH, FLAGS, EVEN, 1), within(1e-6f));
            for (int i = 0; i < rows.gradients().size(); i++) {
                assertThat(windows.gradients().get(i)).containsExactly(rows.gradients().get(i), within(1e-6f));
            }
        }
        // The mean of three windows' logits 0.4, -1, 0.1, all alike here; class 2 of weight 4.
        double sum = Math.log(Math.exp(0.4) + Math.exp(-1) + Math.exp(0.1));
        try (TrainableNetwork network = TinyStep.constant(OptimizerConfig.DEFAULT, Task.MULTI_CLASS, 0.4f, -1, 0.1f)) {
            assertThat(network.backward(
                            BATCH, new int[] {3}, new Targets.Classes(new long[] {2}), new float[] {1, 2, 4}, 1))
                    .isCloseTo((float) (sum - 0.1), within(1e-6f));
        }
    }

    @Test
    void aFrozenEncoderStaysAndItsHeadLearnsAsByHand() throws Exception {
        try (TrainableNetwork frozen = TinyStep.open(TinyStep.plain(), FROZEN);
                TrainableNetwork whole = TinyStep.open(TinyStep.plain(), OptimizerConfig.DEFAULT)) {
            List<Tensor> before = frozen.weights();
            int encoder = before.size() - 2;
            AdamWByHand byHand = new AdamWByHand(before.subList(encoder, before.size()), FROZEN);
            frozen.backward(BATCH, FLAGS, EVEN, 1);
            whole.backward(BATCH, FLAGS, EVEN, 1);
            assertThat(frozen.gradients()).hasSize(2);
            assertThat(frozen.gradients().get(0)).containsExactly(whole.gradients().get(encoder), within(1e-6f));
            byHand.step(frozen.gradients(), TinyStep.LEARNING_RATE);
            frozen.update(TinyStep.LEARNING_RATE);

            List<Tensor> after = frozen.weights();
            for (int i = 0; i < encoder; i++) {
                assertThat(after.get(i).data()).as(after.get(i).name()).isEqualTo(before.get(i).data());
            }
            float[] head = after.get(encoder).floats();
            for (int k = 0; k < head.length; k++) {
                assertThat((double) head[k]).isCloseTo(byHand.weight(0, k), within(1e-6));
            }
            assertThat(frozen.state()).containsKey("adamw.exp_avg.classifier.bias")
                    .doesNotContainKey("adamw.exp_avg.bert.embeddings.LayerNorm.bias");
        }
    }

    @Test
    void oneDnnGivesTheLossAndTheGradientsOfMkl() throws Exception {
        // 18 rows, which are enough for oneDNN's gradients; five tokens each.
        Batch batch = TinyStep.repeated(6);
        Targets flags = new Targets.Flags(new float[] {1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 0, 0}, 1);
        try (TrainableNetwork mkl = TinyStep.open(TinyStep.plain(), OptimizerConfig.DEFAULT);
                TrainableNetwork onednn =
                        TinyStep.open(TinyStep.plain(), OptimizerConfig.DEFAULT.with(Compute.ONEDNN))) {
            assertThat(onednn.backward(batch, flags, EVEN, 1))
                    .isCloseTo(mkl.backward(batch, flags, EVEN, 1), within(1e-6f));
            for (int i = 0; i < mkl.gradients().size(); i++) {
                assertThat(onednn.gradients().get(i)).containsExactly(mkl.gradients().get(i), within(1e-5f));
            }
            assertThat(onednn.logits(batch)).containsExactly(mkl.logits(batch), within(1e-5f));
            List<float[]> once = onednn.gradients();
            onednn.discardGradients();
            onednn.backward(batch, flags, EVEN, 1);
            for (int i = 0; i < once.size(); i++) {
                assertThat(onednn.gradients().get(i)).as("the same bytes each time").isEqualTo(once.get(i));
            }
        }
    }

    /** bfloat16 has 8 bits of mantissa: each product is off by up to 2^-8, and some hundred of them meet here. */
    @Test
    void bf16GivesTheLossAndTheGradientsOfFp32UpToItsRounding() throws Exception {
        try (TrainableNetwork full = TinyStep.open(TinyStep.plain(), OptimizerConfig.DEFAULT);
                TrainableNetwork half = TinyStep.open(TinyStep.plain(), BF16)) {
            float loss = full.backward(BATCH, FLAGS, EVEN, 1);
            float halfLoss = half.backward(BATCH, FLAGS, EVEN, 1);
            assertThat(halfLoss).isCloseTo(loss, within(0.02f)).isNotEqualTo(loss);
            for (int i = 0; i < full.gradients().size(); i++) {
                float[] wanted = full.gradients().get(i);
                assertThat(length(wanted, half.gradients().get(i)))
                        .as(full.weights().get(i).name())
                        .isLessThan(0.01 + 0.1 * length(wanted, new float[wanted.length]));
            }
            assertThat(half.logits(BATCH)).as("serves in fp32").isEqualTo(full.logits(BATCH));
        }
    }

    @Test
    void bf16UpdatesAreTooSmallForAnyWeightInBf16() throws Exception {
        try (TrainableNetwork network = TinyStep.open(TinyStep.plain(), BF16)) {
            Map<String, Tensor> before = network.state();
            network.backward(BATCH, FLAGS, EVEN, 1);
            network.update(1e-5);
            String name = "bert.encoder.layer.0.output.LayerNorm.weight";
            float[] was = before.get(name).floats();
            float[] is = network.state().get(name).floats();
            for (int i = 0; i < is.length; i++) {
                assertThat(is[i]).isCloseTo(was[i], within(2e-5f)).isNotEqualTo(was[i]);
            }
        }
    }

    @Test
    void bf16HoldsNoArraysFromStepToStep() throws Exception {
        try (TrainableNetwork network = TinyStep.open(TinyStep.withDropout(), BF16)) {
            TinyStep.take(network, 2);
            int arrays = network.managedArrays();
            TinyStep.take(network, 50);
            assertThat(network.managedArrays()).isEqualTo(arrays);
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new OptimizerConfig(0, 1, 1.1, false, 0, Compute.FP32)).hasMessageContaining("1.1");
        assertThatThrownBy(() -> new OptimizerConfig(0, 1, 0, false, 0, Compute.FP32)).hasMessageContaining("0.9");
        assertThatThrownBy(() -> new OptimizerConfig(0, 1, 0.9, true, 0, Compute.FP32)).hasMessageContaining("frozen");
        assertThatThrownBy(() -> new OptimizerConfig(0, 1, 1, false, 1, Compute.FP32)).hasMessageContaining("0.1");
    }

    @Test
    void whatTheProcessWouldNotComputeWithIsRefused() {
        Map<String, String> on = Map.of("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE", "1");
        assertThatThrownBy(() -> Compute.ONEDNN.check(true, Map.of())).hasMessageContaining("use fp32");
        assertThatThrownBy(() -> Compute.TF32.check(false, on)).hasMessageContaining("needs a GPU");
        assertThatThrownBy(() -> Compute.TF32.check(true, Map.of())).hasMessageContaining("CUBLAS_OVERRIDE=1");
        assertThatThrownBy(() -> Compute.FP32.check(true, on)).hasMessageContaining("unset it");
        assertThatCode(() -> {
            Compute.TF32.check(true, on);
            Compute.FP32.check(true, Map.of());
            Compute.FP32.check(false, on);
            Compute.BF16.check(true, Map.of());
            Compute.BF16.check(false, Map.of());
        }).doesNotThrowAnyException();
    }

    /** |a − b|. */
    private static double length(float[] a, float[] b) {
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            squares += Math.pow(a[i] - b[i], 2);
        }
        return Math.sqrt(squares);
    }

    @Test
    void theFastestNumbersAreThoseOfTheProcessorsOwnInstructions() {
        Processor withBf16 = new Processor("a", "amd64", Set.of("avx512f", "avx512_bf16"));
        assertThat(Compute.fastest(Device.cpu(), withBf16)).isEqualTo(Compute.BF16);
        assertThat(Compute.fastest(Device.cpu(), new Processor("b", "amd64", Set.of("avx2")))).isEqualTo(Compute.FP32);
    }
}
