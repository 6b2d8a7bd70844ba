package org.scibert.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.scibert.decision.Task;
import org.scibert.runtime.Processor;
import org.scibert.text.Batch;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

class NetworkTest {
    private static final NetworkConfig CONFIG = new NetworkConfig(TinyEncoder.config(0.1), Task.MULTI_CLASS, 3, 0.3);

    @Test
    void aRowDoesNotDependOnItsPadding() throws Exception {
        try (Network network = Network.open(CONFIG, TinyEncoder.weights(CONFIG, 3))) {
            long[] row = {2, 17, 25, 8, 3};
            float[] alone = network.logits(batch(5, row));
            for (int columns : new int[] {6, 9, 32}) {
                float[] padded = network.logits(batch(columns, row, new long[columns]));
                assertThat(Arrays.copyOf(padded, 3)).containsExactly(alone, within(1e-5f));
            }
        }
    }

    @Test
    void trainingAndServingGiveTheSameLogits() throws Exception {
        Map<String, Tensor> weights = TinyEncoder.weights(CONFIG, 3);
        Batch batch = batch(7, new long[] {2, 17, 25, 8, 3}, new long[] {2, 9, 9, 9, 9, 9, 3});
        try (Network serving = Network.open(CONFIG, weights);
                TrainableNetwork training = TrainableNetwork.open(
                        CONFIG, OptimizerConfig.DEFAULT, weights, ai.djl.Device.cpu(), 1)) {
            assertThat(serving.logits(batch)).containsExactly(training.logits(batch), within(1e-5f));
        }
    }

    @Test
    void theLastLayersShortcutGivesTheSameClsRow() throws Exception {
        Map<String, Tensor> weights = TinyEncoder.weights(CONFIG, 3);
        Batch batch = batch(7, new long[] {2, 17, 25, 8, 3}, new long[] {2, 9, 9, 9, 9, 9, 3});
        float[] w = weights.get(WeightNames.CLASSIFIER_WEIGHT).floats();
        float[] bias = weights.get(WeightNames.CLASSIFIER_BIAS).floats();
        try (Network network = Network.open(CONFIG, weights)) {
            float[] hidden = network.lastHiddenState(batch); // (2, 7, 8)
            float[] logits = network.logits(batch); // (2, 3)
            for (int b = 0; b < 2; b++) {
                for (int c = 0; c < 3; c++) {
                    double z = bias[c];
                    for (int h = 0; h < 8; h++) {
                        z += hidden[b * 7 * 8 + h] * w[c * 8 + h];
                    }
                    assertThat((double) logits[b * 3 + c]).isCloseTo(z, within(1e-5));
                }
            }
        }
    }

    /** By hand from the last hidden state, with a row of 5 tokens and one of 7. */
    @Test
    void theMeanIsOfTheTokensWithoutPadding() throws Exception {
        NetworkConfig mean = CONFIG.with(Pooling.MEAN);
        Map<String, Tensor> weights = TinyEncoder.weights(mean, 3);
        Batch batch = batch(9, new long[] {2, 17, 25, 8, 3}, new long[] {2, 9, 9, 9, 9, 9, 3});
        float[] w = weights.get(WeightNames.CLASSIFIER_WEIGHT).floats();
        float[] bias = weights.get(WeightNames.CLASSIFIER_BIAS).floats();
        int[] lengths = {5, 7};
        try (Network network = Network.open(mean, weights);
                TrainableNetwork training = TrainableNetwork.open(
                        mean, OptimizerConfig.DEFAULT, weights, ai.djl.Device.cpu(), 1)) {
            float[] hidden = network.lastHiddenState(batch); // (2, 9, 8)
            float[] pooled = network.pooled(batch); // (2, 2, 8)
            float[] logits = network.logits(batch); // (2, 3)
            for (int b = 0; b < 2; b++) {
                double[] expected = new double[8];
                for (int h = 0; h < 8; h++) {
                    for (int t = 0; t < lengths[b]; t++) {
                        expected[h] += hidden[(b * 9 + t) * 8 + h] / lengths[b];
                    }
                    assertThat(pooled[b * 16 + h]).isEqualTo(hidden[b * 9 * 8 + h], within(1e-6f));
                    assertThat((double) pooled[b * 16 + 8 + h]).isEqualTo(expected[h], within(1e-5));
                }
                for (int c = 0; c < 3; c++) {
                    double z = bias[c];
                    for (int h = 0; h < 8; h++) {
                        z += expected[h] * w[c * 8 + h];
                    }
                    assertThat((double) logits[b * 3 + c]).isEqualTo(z, within(1e-5));
                }
            }
            assertThat(training.logits(batch)).containsExactly(logits, within(1e-5f));
            assertThat(training.pooled(batch)).containsExactly(pooled, within(1e-5f));
            var attribution = network.integratedGradients(new int[] {2, 17, 25, 8, 3}, 1, 200);
            assertThat(attribution.completenessError()).isLessThan(0.05);
            assertThat(attribution.logit()).isEqualTo(logits[1], within(1e-4f));
        }
    }

    @Test
    void theTwoActivationsDiffer() throws Exception {
        EncoderConfig tanh = TinyEncoder.config(Activation.GELU_TANH, 0, 0);
        Map<String, Tensor> weights = TinyEncoder.weights(CONFIG, 3);
        Batch batch = batch(5, new long[] {2, 17, 25, 8, 3});
        try (Network erf = Network.open(CONFIG, weights);
                Network other = Network.open(new NetworkConfig(tanh, Task.MULTI_CLASS, 3, 0.3), weights)) {
            float[] difference = erf.lastHiddenState(batch);
            float[] approximate = other.lastHiddenState(batch);
            for (int i = 0; i < difference.length; i++) {
                difference[i] -= approximate[i];
            }
            assertThat(difference).satisfies(d -> {
                double max = 0;
                for (float v : d) {
                    max = Math.max(max, Math.abs(v));
                }
                assertThat(max).isBetween(1e-5, 1e-2);
            });
        }
    }

    @Test
    void severalThreadsGetTheBitsThatOneGets() throws Exception {
        try (Network network = Network.open(CONFIG, TinyEncoder.weights(CONFIG, 3))) {
            List<Batch> batches = new ArrayList<>();
            List<float[]> alone = new ArrayList<>();
            for (int n = 3; n < 30; n++) {
                long[] row = new long[n];
                Arrays.fill(row, n);
                batches.add(batch(n, row));
                alone.add(network.logits(batches.get(n - 3)));
            }
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<float[]>> together = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Batch batch = batches.get(i % batches.size());
                together.add(threads.submit(() -> network.logits(batch)));
            }
            threads.shutdown();
            for (int i = 0; i < 200; i++) {
                assertThat(together.get(i).get()).containsExactly(alone.get(i % alone.size()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,4,4,3", "3,4,16,24,40"})
    void anyGeometryRuns(int layers, int heads, int hidden, int intermediate, int tokens) throws Exception {
        EncoderConfig encoder = new EncoderConfig(
                layers, heads, hidden, intermediate, 50, 64, 1, 1e-12, Activation.GELU, 0.1, 0.1, 0);
        NetworkConfig config = new NetworkConfig(encoder, Task.MULTI_LABEL, 5, 0.3);
        try (Network network = Network.open(config, TinyEncoder.weights(config, 1))) {
            long[] row = new long[tokens];
            Arrays.fill(row, 49);
            assertThat(network.logits(batch(tokens, row, row))).hasSize(10).doesNotContain(Float.NaN);
        }
    }

    @ParameterizedTest
    @CsvSource({"FP32,1e-6", "FP16,2e-3", "BF16,2e-2", "INT8,0.1"})
    void reducedPrecisionsStayCloseToTheFullOne(Precision precision, float tolerance) throws Exception {
        Map<String, Tensor> weights = TinyEncoder.weights(CONFIG, 3);
        Map<String, Tensor> reduced = reduced(precision, weights);
        Batch batch = batch(7, new long[] {2, 17, 25, 8, 3}, new long[] {2, 9, 30, 41, 52, 9, 3});
        try (Network full = Network.open(CONFIG, weights);
                Network other = Network.open(CONFIG, precision, reduced)) {
            float[] expected = full.logits(batch);
            assertThat(other.logits(batch)).containsExactly(expected, within(tolerance));
            if (precision != Precision.FP32) {
                assertThat(other.logits(batch)).as("another kernel").isNotEqualTo(expected);
            }
        }
    }

    @Test
    void eightBitRowsAreScaledToTheirLargestWeight() {
        String name = "bert.encoder.layer.0.output.dense.weight";
        Tensor w = Tensor.of(name, new long[] {2, 3}, new float[] {0.625f, -1.26f, 0.01f, 0, 0, 0});
        List<Tensor> reduced = ReducedWeights.of(Precision.INT8, Map.of(name, w));
        byte[] q = new byte[6];
        reduced.get(0).data().get(q);
        assertThat(q).containsExactly(63, -127, 1, 0, 0, 0);
        assertThat(reduced.get(1).name()).isEqualTo("bert.encoder.layer.0.output.dense.weight_scale");
        assertThat(reduced.get(1).floats()).containsExactly(new float[] {1.26f / 127, 1}, within(1e-7f));
    }

    /**
     * Each token has its own scale: neighbours with large activations change nothing, nor do they in a longer batch.
     */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void anAnswerDoesNotDependOnTheTextsBesideIt(Precision precision) throws Exception {
        Map<String, Tensor> reduced = reduced(precision, TinyEncoder.weights(CONFIG, 3));
        long[] row = {2, 17, 25, 8, 3};
        try (Network network = Network.open(CONFIG, precision, reduced)) {
            float[] alone = network.logits(batch(5, row));
            float[] together =
                    network.logits(batch(5, row, new long[] {2, 44, 45, 46, 3}, new long[] {2, 70, 71, 72, 3}));
            assertThat(Arrays.copyOf(together, 3)).containsExactly(alone, within(1e-6f));
            float[] padded = network.logits(batch(9, row, new long[] {2, 44, 45, 46, 47, 48, 49, 50, 3}));
            assertThat(Arrays.copyOf(padded, 3))
                    .containsExactly(alone, within(precision == Precision.BF16 ? 5e-3f : 1e-5f));
        }
    }

    /** What a processor without the instructions measures is what one with them measures, up to rounding. */
    @ParameterizedTest
    @CsvSource({"BF16,bf16_emulated,2e-3", "INT8,int8_emulated,1e-5"})
    void emulatedKernelsRoundAsTheProcessorsOwn(Precision precision, String kernel, float tolerance) throws Exception {
        Map<String, Tensor> weights = TinyEncoder.weights(CONFIG, 3);
        Map<String, Tensor> reduced = reduced(precision, weights);
        Batch batch = batch(7, new long[] {2, 17, 25, 8, 3}, new long[] {2, 9, 30, 41, 52, 9, 3});
        try (Network full = Network.open(CONFIG, weights);
                Network exact = Network.openExact(CONFIG, precision, reduced);
                Network emulated = Network.open(CONFIG, precision, reduced, new Kernels(kernel, kernel))) {
            float[] logits = emulated.logits(batch);
            assertThat(logits).containsExactly(exact.logits(batch), within(tolerance));
            assertThat(difference(logits, full.logits(batch))).as("it is reduced").isGreaterThan(1e-4);
        }
    }

    @Test
    void oneDnnAloneRoundsAsTheEmulationDoes() throws Exception {
        assumeTrue(Processor.current().hasVnni(), "without VNNI oneDNN's pairs of products overflow");
        Map<String, Tensor> reduced = reduced(Precision.INT8, TinyEncoder.weights(CONFIG, 3));
        Batch batch = batch(7, new long[] {2, 17, 25, 8, 3}, new long[] {2, 9, 30, 41, 52, 9, 3});
        try (Network exact = Network.open(CONFIG, Precision.INT8, reduced, new Kernels("fp32", "int8_emulated"));
                Network alone = Network.open(CONFIG, Precision.INT8, reduced, new Kernels("fp32", "int8_onednn"))) {
            assertThat(alone.logits(batch)).containsExactly(exact.logits(batch), within(1e-5f));
        }
    }

    /** Halved weights, for x86 without VNNI, lose a bit. */
    @Test
    void halvedWeightsStayClose() throws Exception {
        Map<String, Tensor> weights = TinyEncoder.weights(CONFIG, 3);
        Batch batch = batch(7, new long[] {2, 17, 25, 8, 3}, new long[] {2, 9, 30, 41, 52, 9, 3});
        try (Network full = Network.open(CONFIG, weights);
                Network halved = Network.open(CONFIG, Precision.INT8, reduced(Precision.INT8, weights),
                        new Kernels("fp32", "int8_halved"))) {
            assertThat(halved.logits(batch)).containsExactly(full.logits(batch), within(0.2f));
        }
    }

    @Test
    void linearLayersMayBeLeftIn16Bits() throws Exception {
        Map<String, Tensor> weights = TinyEncoder.weights(CONFIG, 3);
        Set<String> all = Int8Sensitivity.groups(CONFIG.encoder()).stream()
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        Batch batch = batch(7, new long[] {2, 17, 25, 8, 3}, new long[] {2, 9, 30, 41, 52, 9, 3});
        Map<String, Tensor> mixed = byName(ReducedWeights.of(Precision.INT8, weights, all));
        try (Network full = Network.open(CONFIG, weights);
                Network int8 = Network.open(CONFIG, Precision.INT8, reduced(Precision.INT8, weights));
                Network half = Network.open(CONFIG, Precision.INT8, mixed)) {
            assertThat(half.logits(batch))
                    .containsExactly(full.logits(batch), within(0.05f))
                    .isNotEqualTo(int8.logits(batch));
        }
    }

    @Test
    void queryKeyAndValueAreOfOneType() {
        Map<String, Tensor> mixed = byName(ReducedWeights.of(
                Precision.INT8, TinyEncoder.weights(CONFIG, 3), Set.of("bert.encoder.layer.1.attention.self.key")));
        assertThatThrownBy(() -> Network.open(CONFIG, Precision.INT8, mixed))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("bert.encoder.layer.1.attention.self.key")
                .hasMessageContaining("should be of one type");
    }

    /** In releases before 0.2 the scales had another name, and activations one scale for all. */
    @Test
    void rowsAreIndependentUnlessTheirActivationsShareAScale() throws Exception {
        List<Tensor> now = ReducedWeights.of(Precision.INT8, TinyEncoder.weights(CONFIG, 3));
        Map<String, Tensor> before =
                byName(now.stream().map(t -> t.named(t.name().replace("weight_scale", "scale"))).toList());
        try (Network perToken = Network.open(CONFIG, Precision.INT8, byName(now));
                Network perBatch = Network.open(CONFIG, Precision.INT8, before);
                Network full = Network.open(CONFIG, TinyEncoder.weights(CONFIG, 3))) {
            assertThat(perToken.rowsAreIndependent()).isTrue();
            assertThat(full.rowsAreIndependent()).isTrue();
            assertThat(perBatch.rowsAreIndependent()).isFalse();
        }
    }

    private static Map<String, Tensor> reduced(Precision precision, Map<String, Tensor> weights) {
        return byName(ReducedWeights.of(precision, weights));
    }

    private static Map<String, Tensor> byName(List<Tensor> tensors) {
        return tensors.stream().collect(Collectors.toMap(Tensor::name, Function.identity()));
    }

    /** The largest difference. */
    private static double difference(float[] a, float[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs((double) a[i] - b[i]));
        }
        return largest;
    }

    @Test
    void weightsOfAnotherPrecisionAreRefused() {
        assertThatThrownBy(() -> Network.open(CONFIG, Precision.FP16, TinyEncoder.weights(CONFIG, 3)))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("bert.embeddings.word_embeddings.weight should be F16 of shape");
    }

    @Test
    void aMissingWeightIsNamed() {
        Map<String, Tensor> weights = TinyEncoder.weights(CONFIG, 3);
        weights.remove("bert.encoder.layer.1.output.dense.bias");
        assertThatThrownBy(() -> Network.open(CONFIG, weights))
                .isInstanceOf(WeightsException.class)
                .hasMessage("the weights lack bert.encoder.layer.1.output.dense.bias");
    }

    @Test
    void aWeightOfAnotherShapeIsNamedWithBothShapes() {
        Map<String, Tensor> weights = TinyEncoder.weights(CONFIG, 3);
        weights.put(WeightNames.CLASSIFIER_BIAS, Tensor.of(WeightNames.CLASSIFIER_BIAS, new long[] {2}, new float[2]));
        assertThatThrownBy(() -> Network.open(CONFIG, weights))
                .hasMessage("classifier.bias should be F32 of shape [3], is F32 of shape [2]");
    }

    /** Rows padded to so many columns. */
    private static Batch batch(int columns, long[]... rows) {
        long[] ids = new long[rows.length * columns];
        long[] mask = new long[ids.length];
        for (int b = 0; b < rows.length; b++) {
            System.arraycopy(rows[b], 0, ids, b * columns, rows[b].length);
            Arrays.fill(mask, b * columns, b * columns + rows[b].length, 1);
        }
        return new Batch(rows.length, columns, ids, mask);
    }
}
