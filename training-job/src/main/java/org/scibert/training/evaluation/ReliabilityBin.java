package org.scibert.training.evaluation;

/**
 * Rows of like probability.
 *
 * @param rows in the bin, at least 1
 * @param predicted their mean probability
 * @param observed the share of them for which it came true
 */
public record ReliabilityBin(int rows, double predicted, double observed) {}
