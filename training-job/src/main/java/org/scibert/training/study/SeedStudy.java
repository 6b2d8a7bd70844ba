package org.scibert.training.study;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.commons.statistics.descriptive.DoubleStatistics;
import org.apache.commons.statistics.descriptive.Statistic;
import org.scibert.io.Text;

/**
 * How much of a score is luck: that of runs which differ in nothing but the seed.
 *
 * @param released the seed whose run is best on dev
 * @param dev the selection score over the runs
 * @param test the same on test; null without test rows, or where they don't define it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SeedStudy(int released, Spread dev, Spread test, List<Run> runs) {

    /**
     * @param mean of the scores
     * @param deviation of the sample, which divides by one less than its size
     */
    public record Spread(double mean, double deviation) {
        static Spread of(List<Double> scores) {
            DoubleStatistics statistics = scores.stream()
                    .mapToDouble(Double::doubleValue)
                    .collect(
                            () -> DoubleStatistics.of(Statistic.MEAN, Statistic.STANDARD_DEVIATION),
                            DoubleStatistics::accept,
                            DoubleStatistics::combine);
            return new Spread(
                    statistics.getAsDouble(Statistic.MEAN), statistics.getAsDouble(Statistic.STANDARD_DEVIATION));
        }

        @Override
        public String toString() {
            return Text.format("%.4f ± %.4f", mean, deviation);
        }
    }

    /** @param test null where {@link SeedStudy#test} is */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Run(int seed, double dev, Double test, boolean collapsed) {}

    /**
     * The spread of some runs' scores.
     *
     * @param released the seed of the one that is best on dev
     */
    public static SeedStudy of(List<Run> runs, int released) {
        List<Double> tests = runs.stream().map(Run::test).filter(Objects::nonNull).toList();
        return new SeedStudy(
                released,
                Spread.of(runs.stream().map(Run::dev).toList()),
                tests.isEmpty() ? null : Spread.of(tests),
                runs);
    }

    /** The spread of the runs' scores, in a sentence. */
    public String sentence() {
        String seeds = runs.stream().map(run -> Integer.toString(run.seed())).collect(Collectors.joining(", "));
        return Text.format("seeds %s: dev score %s%s (mean ± deviation); seed %s is the best on dev",
                seeds, dev, test == null ? "" : ", test score " + test, released);
    }
}
