package org.scibert.network;

import ai.djl.Device;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;
import org.scibert.decision.Task;
import org.scibert.text.Batch;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/** A batch that the {@link TinyEncoder} can learn, and networks to learn it. */
final class TinyStep {
    static final float[] EVEN = {1};
    static final double LEARNING_RATE = 0.01;

    /** Three rows of 5, 3 and 4 tokens. */
    static final Batch BATCH = new Batch(
            3,
            5,
            new long[] {2, 7, 9, 11, 3, 2, 8, 3, 0, 0, 2, 30, 31, 3, 0},
            new long[] {1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0});

    static final Targets.Flags FLAGS = new Targets.Flags(new float[] {1, 0, 1}, 1);

    private TinyStep() {}

    /** Some of the batch's rows. */
    static Batch rows(int from, int to) {
        return new Batch(
                to - from,
                5,
                Arrays.copyOfRange(BATCH.inputIds(), from * 5, to * 5),
                Arrays.copyOfRange(BATCH.attentionMask(), from * 5, to * 5));
    }

    /** The batch's rows so many times, one copy below the other. */
    static Batch repeated(int times) {
        LongStream.Builder ids = LongStream.builder();
        LongStream.Builder mask = LongStream.builder();
        for (int i = 0; i < times; i++) {
            Arrays.stream(BATCH.inputIds()).forEach(ids);
            Arrays.stream(BATCH.attentionMask()).forEach(mask);
        }
        return new Batch(3 * times, 5, ids.build().toArray(), mask.build().toArray());
    }

    /** A binary network with dropout everywhere. */
    static NetworkConfig withDropout() {
        return new NetworkConfig(TinyEncoder.config(0.1), Task.BINARY, 1, 0.3);
    }

    /** A binary network without dropout. */
    static NetworkConfig plain() {
        return new NetworkConfig(TinyEncoder.config(), Task.BINARY, 1, 0);
    }

    static TrainableNetwork open(NetworkConfig config, OptimizerConfig optimizer) throws WeightsException {
        return open(config, optimizer, TinyEncoder.weights(config, 5));
    }

    static TrainableNetwork open(NetworkConfig config, OptimizerConfig optimizer, Map<String, Tensor> weights)
            throws WeightsException {
        return TrainableNetwork.open(config, optimizer, weights, Device.cpu(), 1);
    }

    /** A network whose logits are the head's bias, whatever the row. */
    static TrainableNetwork constant(OptimizerConfig optimizer, Task task, float... bias)
            throws WeightsException {
        NetworkConfig config = new NetworkConfig(TinyEncoder.config(), task, bias.length, 0);
        Map<String, Tensor> weights = TinyEncoder.weights(config, 5);
        Tensor head = weights.get(WeightNames.CLASSIFIER_WEIGHT);
        weights.put(head.name(), Tensor.of(head.name(), head.shape(), new float[bias.length * 8]));
        weights.put(
                WeightNames.CLASSIFIER_BIAS,
                Tensor.of(WeightNames.CLASSIFIER_BIAS, new long[] {bias.length}, bias));
        return open(config, optimizer, weights);
    }

    /** Takes whole steps on {@link #BATCH}. */
    static void take(TrainableNetwork network, int steps) {
        for (int i = 0; i < steps; i++) {
            network.backward(BATCH, FLAGS, EVEN, 1);
            network.update(LEARNING_RATE);
        }
    }
}
