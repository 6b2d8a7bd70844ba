package org.scibert.training.calibration;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A review band, and what it does on dev.
 *
 * @param errorBudget share of wrong among the rows decided without a person
 * @param low probability below which rows are excluded
 * @param high probability above which rows are included
 * @param excluded rows below; wrong: those that are positive
 * @param included rows above; wrong: those that are negative
 * @param decided both together
 * @param asked rows in between
 * @param note why nothing is decided without a person, and what would help; null if something is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChosenBand(
        double errorBudget,
        double low,
        double high,
        Side excluded,
        Side included,
        Side decided,
        int asked,
        String note) {

    /**
     * Rows decided alike.
     *
     * @param wrong of them
     * @param share wrong / rows; 0 where there are none
     * @param upperBound of that share, by Clopper and Pearson; 1 where there are none
     */
    public record Side(int rows, int wrong, double share, double upperBound) {

        static Side of(int rows, int wrong, double confidence) {
            return rows == 0
                    ? new Side(0, 0, 0, 1)
                    : new Side(rows, wrong, (double) wrong / rows, ClopperPearson.upper(wrong, rows, confidence));
        }
    }
}
