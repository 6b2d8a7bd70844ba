package org.scibert.training.finetune;

import java.util.List;
import org.scibert.network.Targets;
import org.scibert.network.TrainableNetwork;
import org.scibert.text.Batch;

/** Rows through the network and back, as many at once as the device has memory for. */
final class Passes {
    /** A pass back, as {@link TrainableNetwork#backward} makes it. */
    @FunctionalInterface
    interface Backward {
        float mean(Batch batch, Targets targets, float[] labelWeights, double share);
    }

    private final TrainableNetwork net;
    private final Backward backward;
    private final TrainingData data;
    private final int seed;
    private final MicroBatch microBatch;

    Passes(
            TrainableNetwork net,
            Backward backward,
            TrainingData data,
            FineTuningConfig config,
            TrainingListener listener) {
        this.net = net;
        this.backward = backward;
        this.data = data;
        this.seed = config.seed();
        this.microBatch = new MicroBatch(config.batchSize(), listener);
    }

    /**
     * What a step saw.
     *
     * @param loss mean over its rows, by their weights
     * @param gradientNorm before clipping
     */
    record Step(double loss, float gradientNorm) {
        boolean isFinite() {
            return Double.isFinite(loss) && Float.isFinite(gradientNorm);
        }
    }

    /**
     * Takes a step by the mean loss of all its rows, as if they were one batch.
     *
     * @param number of the step, counted from 0
     */
    Step step(List<int[]> batches, int number, double learningRate) {
        return microBatch.fit(most -> {
            double loss = backward(MicroBatch.cut(batches, most), number);
            return new Step(loss, net.update(learningRate));
        });
    }

    private double backward(List<int[]> parts, int step) {
        double weight = parts.stream().mapToDouble(data::weight).sum();
        double loss = 0;
        for (int i = 0; i < parts.size(); i++) {
            int[] rows = parts.get(i);
            double share = data.weight(rows) / weight;
            net.seed(Seeds.dropout(seed, step, i));
            loss += share * backward.mean(
                    data.train().batch(rows), data.train().targets().rows(rows), data.labelWeights(), share);
        }
        return loss;
    }

    /** The logits of all dev examples in their order, (N, C). */
    float[] devLogits() {
        return microBatch.fit(this::devLogitsOnce);
    }

    private float[] devLogitsOnce(int most) {
        Examples dev = data.dev();
        int outputs = net.config().outputs();
        float[] all = new float[dev.size() * outputs];
        for (int[] rows : LengthBuckets.sorted(dev.lengths(), most)) {
            float[] logits = net.logits(dev.batch(rows)); // (B, C)
            for (int b = 0; b < rows.length; b++) {
                System.arraycopy(logits, b * outputs, all, rows[b] * outputs, outputs);
            }
        }
        return all;
    }
}
