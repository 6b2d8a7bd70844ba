package org.scibert.training.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Metrics of a binary split; a row is called positive where its probability is at least 0.5.
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
 * @param wss95 share of the rows that need not be read to find 95 % of the positives, less the 5 % that chance would
 *     leave out; null where there are no positives; not part of the JSON
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
        Double prAuc,
        @JsonIgnore Double wss95)
        implements Metrics {

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
