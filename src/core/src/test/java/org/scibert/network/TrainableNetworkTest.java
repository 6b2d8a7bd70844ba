package org.scibert.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.scibert.network.TinyStep.BATCH;
import static org.scibert.network.TinyStep.EVEN;
import static org.scibert.network.TinyStep.FLAGS;
import static org.scibert.network.TinyStep.LEARNING_RATE;
import static org.scibert.network.TinyStep.constant;
import static org.scibert.network.TinyStep.open;
import static org.scibert.network.TinyStep.rows;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scibert.decision.Task;
import org.scibert.text.Batch;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

class TrainableNetworkTest {
    @Test
    void lossIsBinaryCrossEntropyWithPosWeight() throws Exception {
        // Logit 0.4 for every row. Two positives of weight 3 and a negative:
        // (2 * 3 * ln(1 + e^-0.4) + ln(1 + e^0.4)) / 3
        double expected = (6 * Math.log1p(Math.exp(-0.4)) + Math.log1p(Math.exp(0.4))) / 3;
        try (TrainableNetwork network = constant(OptimizerConfig.DEFAULT, Task.BINARY, 0.4f)) {
            assertThat(network.backward(BATCH, FLAGS, new float[] {3}, 1)).isCloseTo((float) expected, within(1e-6f));
        }
    }

    @Test
    void lossOfSeveralLabelsIsTheMeanOverRowsAndLabels() throws Exception {
        // Logits 0.4 and -1; pos_weight 3 and 2; the rows' flags are 10, 01, 11.
        double one = 3 * Math.log1p(Math.exp(-0.4)) + Math.log1p(Math.exp(0.4)) + 3 * Math.log1p(Math.exp(-0.4));
        double two = Math.log1p(Math.exp(-1)) + 2 * Math.log1p(Math.exp(1)) + 2 * Math.log1p(Math.exp(1));
        try (TrainableNetwork network = constant(OptimizerConfig.DEFAULT, Task.MULTI_LABEL, 0.4f, -1)) {
            Targets flags = new Targets.Flags(new float[] {1, 0, 0, 1, 1, 1}, 2);
            assertThat(network.backward(BATCH, flags, new float[] {3, 2}, 1))
                    .isCloseTo((float) ((one + two) / 6), within(1e-6f));
        }
    }

    @Test
    void lossOfClassesIsWeightedCrossEntropy() throws Exception {
        // Softmax of (0.4, -1, 0.1); classes 0, 2, 2 with weights 1 and 4, divided by the weights' sum 9.
        double sum = Math.exp(0.4) + Math.exp(-1) + Math.exp(0.1);
        double expected = (-(0.4 - Math.log(sum)) - 8 * (0.1 - Math.log(sum))) / 9;
        try (TrainableNetwork network = constant(OptimizerConfig.DEFAULT, Task.MULTI_CLASS, 0.4f, -1, 0.1f)) {
            Targets classes = new Targets.Classes(new long[] {0, 2, 2});
            assertThat(network.backward(BATCH, classes, new float[] {1, 2, 4}, 1))
                    .isCloseTo((float) expected, within(1e-6f));
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void gradientsEqualFiniteDifferences(Activation activation) throws Exception {
        NetworkConfig config = binary(activation);
        Map<String, Tensor> weights = TinyEncoder.weights(config, 5);
        List<float[]> gradients;
        try (TrainableNetwork network = open(config, OptimizerConfig.DEFAULT, weights)) {
            network.backward(BATCH, FLAGS, new float[] {3}, 1);
            gradients = network.gradients();
        }
        int at = 0;
        for (String name : weights.keySet()) {
            float[] gradient = gradients.get(at++);
            int steepest = 0;
            for (int i = 0; i < gradient.length; i++) {
                steepest = Math.abs(gradient[i]) > Math.abs(gradient[steepest]) ? i : steepest;
            }
            // Float32 limits the difference's precision; 1e-2 is well above its rounding and below its curvature.
            double h = 1e-2;
            double slope = (loss(config, shifted(weights, name, steepest, h))
                            - loss(config, shifted(weights, name, steepest, -h)))
                    / (2 * h);
            assertThat((double) gradient[steepest])
                    .as("%s[%d]", name, steepest)
                    .isCloseTo(slope, within(2e-3 + 0.02 * Math.abs(slope)));
        }
    }

    @Test
    void batchesOfOneStepShareItsGradients() throws Exception {
        NetworkConfig config = binary(Activation.GELU);
        Map<String, Tensor> weights = TinyEncoder.weights(config, 5);
        try (TrainableNetwork whole = open(config, OptimizerConfig.DEFAULT, weights);
                TrainableNetwork parts = open(config, OptimizerConfig.DEFAULT, weights)) {
            whole.backward(BATCH, FLAGS, EVEN, 1);
            parts.backward(rows(0, 2), new Targets.Flags(new float[] {1, 0}, 1), EVEN, 2 / 3.0);
            parts.backward(rows(2, 3), new Targets.Flags(new float[] {1}, 1), EVEN, 1 / 3.0);
            for (int i = 0; i < whole.gradients().size(); i++) {
                assertThat(parts.gradients().get(i)).containsExactly(whole.gradients().get(i), within(1e-6f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5})
    void updateIsClippedAdamWWithoutDecayOnBiasesAndLayerNormAndSlowerTheDeeper(double layerDecay) throws Exception {
        NetworkConfig config = binary(Activation.GELU);
        Map<String, Tensor> initial = TinyEncoder.weights(config, 5);
        OptimizerConfig optimizer = new OptimizerConfig(0.1, 0.5, layerDecay, false, 0, Compute.FP32);
        try (TrainableNetwork network = open(config, optimizer, initial)) {
            AdamWByHand byHand = new AdamWByHand(network.weights(), optimizer);
            for (int step = 1; step <= 3; step++) {
                network.backward(BATCH, FLAGS, new float[] {3}, 1);
                double norm = byHand.step(network.gradients(), LEARNING_RATE);
                assertThat(norm).as("clipping is at work").isGreaterThan(0.5);
                assertThat((double) network.update(LEARNING_RATE)).isCloseTo(norm, within(1e-5));
                List<Tensor> moved = network.weights();
                for (int i = 0; i < moved.size(); i++) {
                    float[] values = moved.get(i).floats();
                    for (int k = 0; k < values.length; k++) {
                        assertThat((double) values[k])
                                .as("%s[%d] after step %d", moved.get(i).name(), k, step)
                                .isCloseTo(byHand.weight(i, k), within(1e-6));
                    }
                }
            }
        }
    }

    @Test
    void gradientsBelowTheMaximalNormAreLeftAlone() throws Exception {
        NetworkConfig config = binary(Activation.GELU);
        OptimizerConfig loose = new OptimizerConfig(0, 1e6, 1, false, 0, Compute.FP32);
        try (TrainableNetwork network = open(config, loose, TinyEncoder.weights(config, 5))) {
            AdamWByHand byHand = new AdamWByHand(network.weights(), loose);
            network.backward(BATCH, FLAGS, EVEN, 1);
            byHand.step(network.gradients(), LEARNING_RATE);
            network.update(LEARNING_RATE);
            assertThat((double) network.weights().get(0).floats()[60]).isCloseTo(byHand.weight(0, 60), within(1e-6));
        }
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws Exception {
        assertThat(trained(7)).isEqualTo(trained(7));
        assertThat(trained(7)).isNotEqualTo(trained(8));
    }

    @Test
    void learnsToTellTheRowsApart() throws Exception {
        NetworkConfig config = binary(Activation.GELU);
        try (TrainableNetwork network = open(config, OptimizerConfig.DEFAULT, TinyEncoder.weights(config, 5))) {
            for (int step = 0; step < 60; step++) {
                network.backward(BATCH, FLAGS, EVEN, 1);
                network.update(LEARNING_RATE);
            }
            float[] z = network.logits(BATCH);
            assertThat(z[0]).isGreaterThan(1);
            assertThat(z[1]).isLessThan(-1);
            assertThat(z[2]).isGreaterThan(1);
        }
    }

    @Test
    void memoryStaysFlatOverTwoHundredSteps() throws Exception {
        NetworkConfig config = TinyStep.withDropout();
        try (TrainableNetwork network = open(config, OptimizerConfig.DEFAULT, TinyEncoder.weights(config, 5))) {
            steps(network, 100);
            int arrays = network.managedArrays();
            long resident = residentKilobytes();
            steps(network, 200);
            assertThat(network.managedArrays()).isEqualTo(arrays);
            // A leak of one (B, T) array a step would be 13 MB.
            assertThat(residentKilobytes() - resident).isLessThan(32 * 1024);
        }
    }

    private static void steps(TrainableNetwork network, int count) {
        int tokens = 32;
        long[] ids = new long[256 * tokens];
        Arrays.fill(ids, 9);
        long[] mask = new long[ids.length];
        Arrays.fill(mask, 1);
        Batch batch = new Batch(256, tokens, ids, mask);
        Targets targets = new Targets.Flags(new float[256], 1);
        for (int i = 0; i < count; i++) {
            network.backward(i % 10 == 0 ? batch : BATCH, i % 10 == 0 ? targets : FLAGS, EVEN, 1);
            network.update(1e-4);
        }
    }

    private static long residentKilobytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(l -> l.startsWith("VmRSS"))
                    .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The digest of the weights after five steps. */
    private static String trained(int seed) throws Exception {
        NetworkConfig config = TinyStep.withDropout();
        try (TrainableNetwork network = TrainableNetwork.open(
                config, OptimizerConfig.DEFAULT, TinyEncoder.weights(config, 5), Device.cpu(), seed)) {
            for (int step = 0; step < 5; step++) {
                network.backward(BATCH, FLAGS, EVEN, 1);
                network.update(LEARNING_RATE);
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            network.weights().forEach(t -> digest.update(t.data()));
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    private static double loss(NetworkConfig config, Map<String, Tensor> weights) throws WeightsException {
        try (TrainableNetwork network = open(config, OptimizerConfig.DEFAULT, weights)) {
            return network.backward(BATCH, FLAGS, new float[] {3}, 1);
        }
    }

    private static Map<String, Tensor> shifted(Map<String, Tensor> weights, String name, int index, double by) {
        Map<String, Tensor> copy = new LinkedHashMap<>(weights);
        float[] values = copy.get(name).floats();
        values[index] += (float) by;
        copy.put(name, Tensor.of(name, copy.get(name).shape(), values));
        return copy;
    }

    private static NetworkConfig binary(Activation activation) {
        return new NetworkConfig(TinyEncoder.config(activation, 0, 0), Task.BINARY, 1, 0);
    }
}
