package org.scibert.training.finetune;

import org.scibert.network.NetworkConfig;
import org.scibert.network.OptimizerConfig;

/**
 * The settings of fine-tuning.
 *
 * @param epochs passes over the training rows, at least 1; SciBERT's authors used 2 to 5
 * @param batchSize rows that go through the network at once, at least 1
 * @param accumulate batches a step, at least 1: large steps where memory is small
 * @param learningRate at the end of the warm-up, in (0, 0.1]; 5e-6 to 5e-5 is usual
 * @param schedule how the rate goes up and down
 * @param warmUpShare share of the steps in which the rate rises, in [0, 1)
 * @param patience epochs in a row without a better one after which the run ends; 0 never ends it early
 * @param maxTokens tokens of a text that are read, [CLS] and [SEP] included; the rest is cut
 * @param headDropout probability on the [CLS] vector in training, in [0, 1)
 * @param optimizer decay and clipping
 * @param seed of the head's first weights, the order of rows and dropout
 */
public record FineTuningConfig(
        int epochs,
        int batchSize,
        int accumulate,
        double learningRate,
        LearningRateSchedule.Shape schedule,
        double warmUpShare,
        int patience,
        int maxTokens,
        double headDropout,
        OptimizerConfig optimizer,
        int seed) {

    public static final FineTuningConfig DEFAULT = new FineTuningConfig(
            3, 32, 1, 2e-5, LearningRateSchedule.Shape.LINEAR, 0.1, 0, 256, NetworkConfig.DEFAULT_HEAD_DROPOUT,
            OptimizerConfig.DEFAULT, 42);

    public FineTuningConfig {
        atLeast(1, "epochs", epochs);
        atLeast(1, "batch size", batchSize);
        atLeast(1, "batches a step", accumulate);
        atLeast(0, "patience", patience);
        if (!(learningRate > 0 && learningRate <= 0.1)) {
            throw new IllegalArgumentException(
                    "learning rate must be above 0 and at most 0.1, is %s; 2e-5 is usual".formatted(learningRate));
        }
        if (!(warmUpShare >= 0 && warmUpShare < 1)) {
            throw new IllegalArgumentException("warm-up must be a share in [0, 1), is " + warmUpShare);
        }
    }

    /** Rows that a step learns from, all but the last of an epoch. */
    public int rowsPerStep() {
        return batchSize * accumulate;
    }

    /** These settings with another seed. */
    public FineTuningConfig withSeed(int other) {
        return new FineTuningConfig(
                epochs, batchSize, accumulate, learningRate, schedule, warmUpShare, patience, maxTokens, headDropout,
                optimizer, other);
    }

    private static void atLeast(int least, String name, int value) {
        if (value < least) {
            throw new IllegalArgumentException("%s must be at least %d, is %d".formatted(name, least, value));
        }
    }
}
