package org.scibert.training.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Metrics of a binary split; a row is called positive where its probability reaches the rule's threshold.
 *
 * @param rows N
 * @param positives rows that are positive
 * @param loss mean log loss, in nats
 * @param accuracy share of rows called right
 * @param precision share of the rows called positive that are; 0 where none is called so
 * @param recall share of the positives called so; 0 where there are none
 * @param f1 harmonic mean of precision and recall; 0 where both are
 * @param macroF1 mean of {@code f1} and the negatives' F1
 * @param rocAuc chance that a positive scores above a negative, ties half; null where one of the two is missing
 * @param prAuc average precision; null where there are no positives
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BinaryMetrics(
        int rows,
        int positives,
        double loss,
        double accuracy,
        double precision,
        double recall,
        double f1,
        double macroF1,
        Double rocAuc,
        Double prAuc)
        implements Metrics {

    static BinaryMetrics of(BinarySample sample) {
        Outcomes o = sample.outcomes();
        return new BinaryMetrics(
                sample.ranking().rows(),
                o.positives(),
                sample.loss(),
                o.accuracy(),
                o.precision(),
                o.recall(),
                o.f1(),
                sample.macroF1(),
                sample.ranking().rocAuc(),
                sample.ranking().averagePrecision());
    }

    @Override
    public boolean hasSelectionScore() {
        return prAuc != null;
    }

    /**
     * {@code prAuc}: with few positives, ROC-AUC hardly moves.
     *
     * @throws IllegalStateException if there were no positives
     */
    @Override
    public double selectionScore() {
        if (prAuc == null) {
            throw new IllegalStateException("none of %d rows is positive, so that no epoch can be chosen by them"
                    .formatted(rows));
        }
        return prAuc;
    }
}
