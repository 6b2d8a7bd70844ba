package org.scibert.training.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.scibert.decision.DecisionRule;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

/**
 * Two models on the same rows by their selection score: a paired bootstrap (Efron and Tibshirani 1993).
 *
 * <p>Each sample of the rows is scored for both, so that rows hard for both cancel out, and the difference is far
 * surer than the two scores' own intervals let on. Percentile bounds; the same rows always give the same.
 *
 * @param measure key of the score in the metrics
 * @param rows N
 * @param score of the candidate
 * @param currentScore of the one in service
 * @param difference {@code score − currentScore}
 * @param low the difference is above it with the confidence
 * @param high it is below it with the confidence
 * @param confidence one-sided, of either bound
 * @param resamples samples drawn
 * @param seed of the samples
 */
public record PairedComparison(
        String measure,
        int rows,
        double score,
        double currentScore,
        double difference,
        double low,
        double high,
        double confidence,
        int resamples,
        long seed) {
    private static final int RESAMPLES = 2000;

    /**
     * What a model says of the rows.
     *
     * @param rule that it decides by
     * @param logits (N, C)
     */
    public record Answers(DecisionRule rule, float[] logits) {}

    /**
     * Compares.
     *
     * @param confidence in [0.5, 1)
     * @return empty if the rows define no score, as without positives
     */
    public static Optional<PairedComparison> of(
            Answers candidate, Answers current, LabelSet labels, Rows rows, double confidence) {
        Function<int[], Double> score = Evaluation.selectionScore(candidate.rule(), labels, rows, candidate.logits());
        Function<int[], Double> other = Evaluation.selectionScore(current.rule(), labels, rows, current.logits());
        int[] once = Resample.once(rows.size());
        Double all = score.apply(once);
        Double allOther = other.apply(once);
        List<Measure<int[]>> difference =
                List.of(new Measure<>("difference", times -> difference(score.apply(times), other.apply(times))));
        double[] ends = new Bootstrap<>(rows.size(), times -> times, difference, RESAMPLES, Bootstrap.SEED)
                .quantiles(0, 1 - confidence, confidence);
        if (all == null || allOther == null || ends.length == 0) {
            return Optional.empty();
        }
        return Optional.of(new PairedComparison(
                Evaluation.selectionMeasure(labels.task()),
                rows.size(),
                all,
                allOther,
                all - allOther,
                ends[0],
                ends[1],
                confidence,
                RESAMPLES,
                Bootstrap.SEED));
    }

    private static Double difference(Double score, Double other) {
        return score == null || other == null ? null : Double.valueOf(score - other);
    }
}
