package org.scibert.training.finetune;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Assigns rows to the steps of a run, as a function of the seed and the epoch.
 *
 * @param lengths tokens of each training row, (N)
 * @param batchSize rows that go through the network at once
 * @param accumulate batches a step
 * @param epochs of the run
 * @param seed of the run
 */
record TrainingPlan(int[] lengths, int batchSize, int accumulate, int epochs, int seed) {

    static TrainingPlan of(FineTuningConfig config, int[] lengths) {
        return new TrainingPlan(
                lengths, config.batchSize(), config.accumulate(), config.epochs(), config.seed());
    }

    /** Steps of all epochs. */
    int steps() {
        return epochs * stepsPerEpoch();
    }

    int stepsPerEpoch() {
        return ceiling(ceiling(lengths.length, batchSize), accumulate);
    }

    /**
     * The steps of an epoch, counted from 1: each the batches that it takes. All but the last have {@code accumulate}.
     */
    List<List<int[]>> steps(int epoch) {
        List<int[]> batches = batches(epoch);
        List<List<int[]>> steps = new ArrayList<>();
        for (int start = 0; start < batches.size(); start += accumulate) {
            steps.add(batches.subList(start, Math.min(start + accumulate, batches.size())));
        }
        return steps;
    }

    /** The share of the first epoch's cells that is padding, in [0, 1). */
    double paddingShare() {
        return LengthBuckets.paddingShare(lengths, batches(1));
    }

    private List<int[]> batches(int epoch) {
        return LengthBuckets.shuffled(lengths, batchSize, new Random(Seeds.order(seed, epoch)));
    }

    private static int ceiling(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
