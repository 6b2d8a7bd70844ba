package org.scibert.training.evaluation;

import java.util.List;
import org.scibert.training.evaluation.Bootstrap.Measure;
import org.scibert.training.evaluation.Details.Interval;

/**
 * The mean of differences that were measured row by row: two ways on the same rows, so that what is hard in a row for
 * both cancels out.
 *
 * @param mean over the rows
 * @param interval 95 % bootstrap interval of the mean (percentile); the same rows give the same interval
 */
public record MeanDifference(double mean, Interval interval) {

    /** @param differences (N), at least one */
    public static MeanDifference of(double[] differences) {
        double[] ends = new Bootstrap<>(
                        differences.length,
                        times -> times,
                        List.of(new Measure<int[]>("mean", times -> Resample.mean(differences, times))),
                        Bootstrap.SEED)
                .quantiles(0, 0.025, 0.975);
        return new MeanDifference(
                Resample.mean(differences, Resample.once(differences.length)), new Interval(ends[0], ends[1]));
    }

    /** Whether the interval lies above 0. */
    public boolean isPositive() {
        return interval.low() > 0;
    }
}
