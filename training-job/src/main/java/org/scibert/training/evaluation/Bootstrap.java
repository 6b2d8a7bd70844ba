package org.scibert.training.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;
import org.scibert.training.evaluation.Details.Interval;

/**
 * The bootstrap: 95 % percentile intervals of measures (Efron and Tibshirani 1993), which tell how far a measure would
 * move with other rows of the same kind.
 *
 * <p>Rows are drawn with replacement from the whole split, not label by label: how many positives a split has is chance
 * too. A sample that does not define a measure is left out of its interval; where fewer than half define it there is
 * none. Percentile intervals say nothing of bias, and the calibration error has one: it is never below 0, and repeated
 * rows raise it, so that its interval lies somewhat high and may not even hold the value measured.
 *
 * @param <S> what is counted on a sample
 */
final class Bootstrap<S> {
    static final int RESAMPLES = 1000;
    /** The same rows have the same intervals. */
    static final long SEED = 42;

    private static final Quantile QUANTILE = Quantile.withDefaults().with(Quantile.EstimationMethod.HF7);

    /**
     * A number that tells how good a model is.
     *
     * @param name its key in JSON
     * @param value from a sample of the rows; null where the sample does not define it
     */
    record Measure<S>(String name, Function<S, Double> value) {}

    /** (samples, measures); NaN where a sample does not define a measure. */
    private final List<double[]> values;
    private final List<Measure<S>> measures;

    /**
     * Draws and measures {@value #RESAMPLES} samples, on all cores; their number does not change the result.
     *
     * @param rows of the split, N
     * @param sample from how often each row is drawn, (N)
     */
    Bootstrap(int rows, Function<int[], S> sample, List<Measure<S>> measures, long seed) {
        this(rows, sample, measures, RESAMPLES, seed);
    }

    /** A bootstrap of another number of samples. */
    Bootstrap(int rows, Function<int[], S> sample, List<Measure<S>> measures, int resamples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<SplittableRandom> randoms = new ArrayList<>(resamples);
        for (int i = 0; i < resamples; i++) {
            randoms.add(random.split());
        }
        this.measures = measures;
        this.values = IntStream.range(0, resamples)
                .parallel()
                .mapToObj(i -> values(sample.apply(Resample.drawn(rows, randoms.get(i))), measures))
                .toList();
    }

    private static <S> double[] values(S sample, List<Measure<S>> measures) {
        double[] values = new double[measures.size()];
        for (int m = 0; m < values.length; m++) {
            Double value = measures.get(m).value().apply(sample);
            values[m] = value == null ? Double.NaN : value;
        }
        return values;
    }

    /**
     * The intervals of a range of the measures, by name; one that half the samples don't define is left out.
     *
     * @param from included
     * @param to excluded
     */
    Map<String, Interval> intervals(int from, int to) {
        Map<String, Interval> intervals = new LinkedHashMap<>();
        for (int m = from; m < to; m++) {
            double[] ends = quantiles(m, 0.025, 0.975);
            if (ends.length > 0) {
                intervals.put(measures.get(m).name(), new Interval(ends[0], ends[1]));
            }
        }
        return intervals;
    }

    /**
     * The quantiles of a measure's values over the samples.
     *
     * @param at shares in [0, 1]
     * @return one for each; empty if half the samples don't define the measure
     */
    double[] quantiles(int measure, double... at) {
        double[] defined = values.stream().mapToDouble(v -> v[measure]).filter(v -> !Double.isNaN(v)).toArray();
        return defined.length * 2 >= values.size() ? QUANTILE.evaluate(defined, at) : new double[0];
    }
}
