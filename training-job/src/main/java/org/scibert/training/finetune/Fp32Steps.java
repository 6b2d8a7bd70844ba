package org.scibert.training.finetune;

import ai.djl.Device;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scibert.decision.Task;
import org.scibert.network.Compute;
import org.scibert.network.EncoderConfig;
import org.scibert.network.NetworkConfig;
import org.scibert.network.OptimizerConfig;
import org.scibert.network.Targets;
import org.scibert.network.TrainableNetwork;
import org.scibert.network.WeightNames;
import org.scibert.text.Batch;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/**
 * The time of a training step in fp32 on the CPU, by MKL's products and by oneDNN's: of two layers of an encoder's
 * shape, whose weights are of no matter to the time. It takes 0.3 s for MiniLM and 3 s for BERT-base.
 *
 * @param mkl seconds by the clock, the least of {@value #ROUNDS}
 * @param onednn likewise
 */
public record Fp32Steps(double mkl, double onednn) {
    private static final int ROUNDS = 4;
    private static final int ROWS = 16;
    private static final int TOKENS = 32;
    /** A word's embedding takes part in no product. */
    private static final int WORDS = 8;
    /** What oneDNN has to gain at least: less may be chance. */
    private static final double GAIN = 0.03;

    /** Times both, in turns. */
    public static Fp32Steps measure(EncoderConfig encoder) throws WeightsException {
        EncoderConfig small = new EncoderConfig(
                2, encoder.heads(), encoder.hiddenSize(), encoder.intermediateSize(), WORDS,
                Math.min(TOKENS, encoder.maxPositions()), encoder.typeVocabSize(), encoder.layerNormEps(),
                encoder.activation(), encoder.hiddenDropout(), encoder.attentionDropout(), 0);
        NetworkConfig network = new NetworkConfig(small, Task.BINARY, 1, NetworkConfig.DEFAULT_HEAD_DROPOUT);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        WeightNames.ofClassifier(small, 1).forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.elements(shape)];
            Arrays.fill(values, 0.01f);
            weights.put(name, Tensor.of(name, shape, values));
        });
        long[] ones = new long[ROWS * small.maxPositions()];
        Arrays.fill(ones, 1);
        Batch batch = new Batch(ROWS, small.maxPositions(), ones, ones);
        double mkl = Double.POSITIVE_INFINITY;
        double onednn = Double.POSITIVE_INFINITY;
        try (TrainableNetwork byMkl = open(network, Compute.FP32, weights);
                TrainableNetwork byOneDnn = open(network, Compute.ONEDNN, weights)) {
            for (int round = 0; round < ROUNDS; round++) {
                mkl = Math.min(mkl, seconds(byMkl, batch));
                onednn = Math.min(onednn, seconds(byOneDnn, batch));
            }
        }
        return new Fp32Steps(mkl, onednn);
    }

    /** {@link Compute#ONEDNN} where it is clearly faster, else {@link Compute#FP32}. */
    public Compute faster() {
        return onednn < (1 - GAIN) * mkl ? Compute.ONEDNN : Compute.FP32;
    }

    private static TrainableNetwork open(NetworkConfig network, Compute compute, Map<String, Tensor> weights)
            throws WeightsException {
        return TrainableNetwork.open(network, OptimizerConfig.DEFAULT.with(compute), weights, Device.cpu(), 1);
    }

    private static double seconds(TrainableNetwork network, Batch batch) {
        long start = System.nanoTime();
        network.backward(batch, new Targets.Flags(new float[batch.rows()], 1), new float[] {1}, 1);
        network.discardGradients();
        return (System.nanoTime() - start) / 1e9;
    }
}
