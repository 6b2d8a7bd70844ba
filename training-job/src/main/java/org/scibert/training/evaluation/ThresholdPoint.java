package org.scibert.training.evaluation;

/**
 * What a threshold would do.
 *
 * @param threshold calibrated probability from which a row is called positive
 * @param called rows called so
 * @param precision share of those that are; 0 where none is called so
 * @param recall share of the positives called so; 0 where there are none
 * @param f1 harmonic mean of both; 0 where both are
 */
public record ThresholdPoint(double threshold, int called, double precision, double recall, double f1) {}
