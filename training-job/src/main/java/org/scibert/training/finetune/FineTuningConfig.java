package org.scibert.training.finetune;

import org.scibert.io.Text;
import org.scibert.network.Compute;
import org.scibert.network.NetworkConfig;
import org.scibert.network.OptimizerConfig;
import org.scibert.text.Tokenizer;

/**
 * The settings of fine-tuning.
 *
 * @param epochs passes over the training rows, 1 to 10,000; SciBERT's authors used 2 to 5
 * @param batchSize rows that go through the network at once, at least 1
 * @param accumulate batches a step, at least 1; times the batch size at most {@value #MOST_ROWS} rows: large steps
 *     where memory is small
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

    /** Far beyond any memory; products of it stay in an int's range. */
    private static final int MOST_ROWS = 1 << 20;

    /**
     * Steps enough for some hundred rows: with 3 epochs of 32 rows a step and a rate of 2e-5, 400 rows taught a small
     * encoder nothing (BENCHMARKS.md). All three are within what BERT's authors tried.
     */
    public static final FineTuningConfig DEFAULT = new FineTuningConfig(
            4, 16, 1, 5e-5, LearningRateSchedule.Shape.LINEAR, 0.1, 0, 256, NetworkConfig.DEFAULT_HEAD_DROPOUT,
            OptimizerConfig.DEFAULT, 42);

    public FineTuningConfig {
        requireRange("epochs", epochs, 1, 10_000);
        requireRange("batch size", batchSize, 1, MOST_ROWS);
        requireRange("batches a step", accumulate, 1, MOST_ROWS);
        requireRange("patience", patience, 0, 10_000);
        requireRange("max tokens", maxTokens, Tokenizer.MIN_TOKENS, Integer.MAX_VALUE);
        if ((long) batchSize * accumulate > MOST_ROWS) {
            throw new IllegalArgumentException(Text.format(
                    "batch size × batches a step must be at most %s rows, is %s × %s",
                    MOST_ROWS, batchSize, accumulate));
        }
        if (!(learningRate > 0 && learningRate <= 0.1)) {
            throw new IllegalArgumentException(
                    Text.format("learning rate must be above 0 and at most 0.1, is %s; 2e-5 is usual", learningRate));
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

    /** These settings with another peak of the learning rate. */
    public FineTuningConfig withLearningRate(double other) {
        return new FineTuningConfig(
                epochs, batchSize, accumulate, other, schedule, warmUpShare, patience, maxTokens, headDropout,
                optimizer, seed);
    }

    /** These settings with another number of epochs. */
    public FineTuningConfig withEpochs(int other) {
        return new FineTuningConfig(
                other, batchSize, accumulate, learningRate, schedule, warmUpShare, patience, maxTokens, headDropout,
                optimizer, seed);
    }

    /** These settings with another limit of tokens. */
    public FineTuningConfig withMaxTokens(int other) {
        return new FineTuningConfig(
                epochs, batchSize, accumulate, learningRate, schedule, warmUpShare, patience, other, headDropout,
                optimizer, seed);
    }

    /** These settings with another number format. */
    public FineTuningConfig with(Compute other) {
        return new FineTuningConfig(
                epochs, batchSize, accumulate, learningRate, schedule, warmUpShare, patience, maxTokens, headDropout,
                optimizer.with(other), seed);
    }

    private static void requireRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(Text.format("%s must be %s to %s, is %s", name, least, most, value));
        }
    }
}
