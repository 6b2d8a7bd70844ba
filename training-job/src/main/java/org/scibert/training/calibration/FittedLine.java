package org.scibert.training.calibration;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How one logit is calibrated, and why so.
 *
 * @param label as rows write it; null where the line holds for all labels
 * @param method how the line was found
 * @param slope of the calibrated logit by the logit, above 0
 * @param intercept 0 for a temperature
 * @param note why it was not fitted; null if it was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FittedLine(String label, CalibrationMethod method, double slope, double intercept, String note) {}
