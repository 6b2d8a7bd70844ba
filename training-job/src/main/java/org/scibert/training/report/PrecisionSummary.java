package org.scibert.training.report;

import java.util.List;
import java.util.Map;
import org.scibert.training.rows.Split;

/**
 * The precisions that a release carries.
 *
 * @param served the one that the function serves unless told otherwise
 * @param tolerance of the loss by which it was chosen, in the selection score's unit
 * @param rows from the slowest
 * @param notes why a precision is not carried
 */
public record PrecisionSummary(String served, double tolerance, List<Row> rows, List<String> notes) {
    /**
     * A precision.
     *
     * @param bytes of its weights
     * @param millisPerText median, one text at a time, on the machine of the job
     * @param scoreLoss fp32's selection score less this one's, by split; none where a split does not define it
     */
    public record Row(String precision, long bytes, double millisPerText, Map<Split, Double> scoreLoss) {}
}
