package org.scibert.training.calibration;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A label's threshold, and what it does on dev.
 *
 * @param label as rows write it
 * @param rule that it was chosen by
 * @param threshold calibrated probability from which a row is given the label, in [0, 1]; half-way between the lowest
 *     score of dev that is given it and the next, so that another machine's rounding moves no row across
 * @param precision on dev; 0 where no row is given the label
 * @param recall on dev; 0 where no row has it
 * @param lowerBound of the share that the rule aims at, by Clopper and Pearson; null for a rule that aims at none
 * @param note why the rule's aim is not reached, and what would help; null if it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChosenThreshold(
        String label, String rule, double threshold, double precision, double recall, Double lowerBound, String note) {}
