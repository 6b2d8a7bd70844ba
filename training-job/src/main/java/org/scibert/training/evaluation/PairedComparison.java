package org.scibert.training.evaluation;

import java.util.List;
import java.util.Optional;
import org.scibert.decision.DecisionRule;
import org.scibert.training.evaluation.Bootstrap.Measure;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

/**
 * The comparison of two models on the same rows by their selection score: a paired bootstrap (Efron and Tibshirani
 * 1993).
 *
 * <p>Each sample of the rows is scored for both models, so that rows which are hard for both cancel out, and the
 * difference has a far narrower interval than the two scores. Percentile bounds; the same rows give the same bounds.
 *
 * @param measure key of the score in the metrics
 * @param rows N
 * @param score of the candidate
 * @param currentScore of the one in service
 * @param difference {@code score − currentScore}
 * @param low the difference is above this bound with the confidence
 * @param high the difference is below this bound with the confidence
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
     * A model's answers for the rows.
     *
     * @param rule that the model decides by
     * @param logits (N, C)
     */
    public record Answers(DecisionRule rule, float[] logits) {}

    /**
     * Compares two models.
     *
     * @param confidence in [0.5, 1)
     * @return empty if the rows define no score, as without positives
     */
    public static Optional<PairedComparison> of(
            Answers candidate, Answers current, LabelSet labels, Rows rows, double confidence) {
        MeasuredSplit score = MeasuredSplit.of(candidate.rule(), labels, rows, candidate.logits());
        MeasuredSplit other = MeasuredSplit.of(current.rule(), labels, rows, current.logits());
        int[] once = Resample.once(rows.size());
        Double all = score.selectionScore(once);
        Double allOther = other.selectionScore(once);
        List<Measure<int[]>> difference =
                List.of(new Measure<>("difference", times ->
                        difference(score.selectionScore(times), other.selectionScore(times))));
        double[] ends = new Bootstrap<>(rows.size(), times -> times, difference, RESAMPLES, Bootstrap.SEED)
                .quantiles(0, 1 - confidence, confidence);
        if (all == null || allOther == null || ends.length == 0) {
            return Optional.empty();
        }
        return Optional.of(new PairedComparison(
                Metrics.selectionMeasure(labels.task()),
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
