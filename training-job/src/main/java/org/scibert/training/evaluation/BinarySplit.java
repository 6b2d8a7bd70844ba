package org.scibert.training.evaluation;

import java.util.function.DoubleUnaryOperator;
import org.scibert.decision.Probabilities;

/** Rows that have a label or not, ready to be measured as they are or as a sample of them. N rows. */
final class BinarySplit {
    private static final DoubleUnaryOperator SIGMOID = Probabilities::sigmoid;

    private final boolean[] positive;
    private final boolean[] called;
    private final double[] losses;
    private final double[] squares;
    /** By logit: far from 0, different logits have equal probabilities. */
    private final Ranking ranking;

    /**
     * @param logits (N), calibrated
     * @param positive (N)
     * @param threshold probability from which a row is called positive
     */
    BinarySplit(double[] logits, boolean[] positive, double threshold) {
        this.positive = positive;
        this.called = new boolean[logits.length];
        this.losses = new double[logits.length];
        this.squares = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            double p = Probabilities.sigmoid(logits[i]);
            called[i] = p >= threshold;
            losses[i] = LogLoss.binary(logits[i], positive[i]);
            squares[i] = Math.pow(p - (positive[i] ? 1 : 0), 2);
        }
        this.ranking = new Ranking(logits, positive);
    }

    int rows() {
        return positive.length;
    }

    BinarySample all() {
        return sample(Resample.once(rows()));
    }

    /** @param times how often each row stands in the sample, (N) */
    BinarySample sample(int[] times) {
        Ranking sampled = ranking.resampled(times);
        return new BinarySample(
                Outcomes.of(positive, called, times),
                sampled,
                Resample.mean(losses, times),
                Resample.mean(squares, times),
                Reliability.error(Reliability.bins(sampled, SIGMOID)));
    }
}
