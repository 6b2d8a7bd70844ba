package org.scibert.training.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.commons.statistics.descriptive.DoubleStatistics;
import org.apache.commons.statistics.descriptive.Statistic;
import org.scibert.io.Text;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.RunState;
import org.scibert.training.rows.Split;

/**
 * How much of a score is luck: that of runs which differ in nothing but the seed.
 *
 * @param released the seed whose run is best on dev
 * @param dev the selection score over the runs
 * @param test the same on test; null without test rows, or where they don't define it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SeedStudy(int released, Spread dev, Spread test, List<Run> runs) {

    /**
     * @param mean of the scores
     * @param deviation of the sample, which divides by one less than its size
     */
    record Spread(double mean, double deviation) {
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
    record Run(int seed, double dev, Double test, boolean collapsed) {}

    static SeedStudy of(List<SeedRun> runs) {
        List<Run> rows = runs.stream().map(SeedStudy::row).toList();
        List<Double> tests = rows.stream().map(Run::test).filter(Objects::nonNull).toList();
        return new SeedStudy(
                best(runs).seed(),
                Spread.of(rows.stream().map(Run::dev).toList()),
                tests.isEmpty() ? null : Spread.of(tests),
                rows);
    }

    /** The run with the best dev scores, the first of equals. */
    static SeedRun best(List<SeedRun> runs) {
        return runs.stream()
                .max(Comparator.comparing(SeedRun::dev, RunState.BY_SCORE_THEN_LOSS)
                        .thenComparing(Comparator.comparingInt(runs::indexOf).reversed()))
                .orElseThrow();
    }

    private static Run row(SeedRun run) {
        boolean collapsed = run.assessment().collapse().isPresent();
        Metrics test = run.assessment().metrics().get(Split.TEST);
        Double score = test == null || !test.hasSelectionScore() ? null : test.selectionScore();
        return new Run(run.seed(), run.dev().selectionScore(), score, collapsed);
    }

    /** For people. */
    String sentence() {
        String seeds = runs.stream().map(run -> Integer.toString(run.seed())).collect(Collectors.joining(", "));
        return Text.format("seeds %s: dev score %s%s (mean ± deviation); seed %s is the best on dev",
                seeds, dev, test == null ? "" : ", test score " + test, released);
    }
}
