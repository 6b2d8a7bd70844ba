package org.scibert.training.finetune;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.scibert.network.Targets;
import org.scibert.network.TrainableNetwork;
import org.scibert.text.Batch;

/**
 * Takes the steps of a run and computes logits, with as many rows at once as the device has memory for.
 *
 * <p>Shapes: N examples, B rows of a batch, C logits.
 */
class Stepper {
    private final TrainableNetwork network;
    private final TrainingData data;
    private final int seed;
    private final HalvingRetry retry;

    /**
     * @param network stays the caller's to close
     * @param notes hears when the device lacks memory
     */
    Stepper(TrainableNetwork network, TrainingData data, FineTuningConfig config, Consumer<String> notes) {
        this.network = network;
        this.data = data;
        this.seed = config.seed();
        this.retry = new HalvingRetry(config.batchSize(), notes);
    }

    /**
     * The result of a step.
     *
     * @param loss mean over the step's rows, by their weights
     * @param gradientNorm before clipping
     */
    record Step(double loss, float gradientNorm) {
        boolean isFinite() {
            return Double.isFinite(loss) && Float.isFinite(gradientNorm);
        }
    }

    /**
     * Takes a step by the mean loss of all rows of its batches, as if they were one batch.
     *
     * @param number of the step, counted from 0
     */
    Step step(List<int[]> batches, int number, double learningRate) {
        return retry.run(rowsAtOnce -> {
            List<int[]> parts = HalvingRetry.parts(batches, rowsAtOnce, data.train().windows()::count);
            double stepWeight = parts.stream().mapToDouble(data::weight).sum();
            double loss = 0;
            for (int i = 0; i < parts.size(); i++) {
                int[] rows = parts.get(i);
                double share = data.weight(rows) / stepWeight;
                network.seed(Seeds.dropout(seed, number, i));
                loss += share * backward(rows, share);
            }
            return new Step(loss, network.update(learningRate));
        });
    }

    /** Adds the gradients of some rows to those of the step; returns the rows' mean loss. */
    float backward(int[] rows, double share) {
        Examples train = data.train();
        Batch batch = train.batch(rows);
        Targets targets = train.targets().rows(rows);
        return batch.rows() == rows.length
                ? network.backward(batch, targets, data.labelWeights(), share)
                : network.backward(batch, train.counts(rows), targets, data.labelWeights(), share);
    }

    /** Rows of a matrix, (W, C). */
    private static List<float[]> split(float[] logits, int outputs) {
        return IntStream.range(0, logits.length / outputs)
                .mapToObj(w -> Arrays.copyOfRange(logits, w * outputs, (w + 1) * outputs))
                .toList();
    }

    /** The logits of examples in their order, (N, C) row-major. */
    float[] logits(Examples examples) {
        return retry.run(rowsAtOnce -> {
            int outputs = network.config().outputs();
            float[] all = new float[examples.size() * outputs]; // (N, C)
            List<int[]> batches = LengthBuckets.sorted(examples.lengths(), rowsAtOnce);
            for (int[] rows : HalvingRetry.parts(batches, rowsAtOnce, examples.windows()::count)) {
                List<float[]> logits = examples.windows().only(rows).join(
                        split(network.logits(examples.batch(rows)), outputs), network.config().task());
                for (int b = 0; b < rows.length; b++) {
                    System.arraycopy(logits.get(b), 0, all, rows[b] * outputs, outputs);
                }
            }
            return all;
        });
    }
}
