package org.scibert.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * How often the rows that are given a probability are positive: reliability bins and the expected calibration error.
 *
 * <p>Bins of equal mass (Nguyen and O'Connor 2015): those of equal width would leave most of a rare label's rows in
 * one.
 */
public final class Reliability {
    static final int BINS = 15;

    private Reliability() {}

    /**
     * Rows of similar probability.
     *
     * @param rows in the bin, at least 1
     * @param predicted their mean probability
     * @param observed the share of them that is positive
     */
    public record Bin(int rows, double predicted, double observed) {}

    /**
     * The rows in {@value #BINS} bins of similar size, by probability. Rows of equal score stand in one bin, that of
     * the middle one, so that bins may be empty; those are left out.
     *
     * @param toProbability from the ranking's scores, rising
     * @return from the least probable to the most
     */
    static List<Bin> bins(Ranking ranking, DoubleUnaryOperator toProbability) {
        List<Bin> bins = new ArrayList<>(BINS);
        int bin = -1;
        int rows = 0;
        int positives = 0;
        double probabilities = 0;
        for (int step = ranking.steps() - 1; step >= 0; step--) {
            int size = ranking.predicted(step) - ranking.predicted(step - 1);
            int below = ranking.rows() - ranking.predicted(step);
            int own = (int) ((long) BINS * (2L * below + size) / (2L * ranking.rows()));
            if (own != bin && rows > 0) {
                bins.add(new Bin(rows, probabilities / rows, (double) positives / rows));
                rows = 0;
                positives = 0;
                probabilities = 0;
            }
            bin = own;
            rows += size;
            positives += ranking.truePositives(step) - ranking.truePositives(step - 1);
            probabilities += size * toProbability.applyAsDouble(ranking.score(step));
        }
        bins.add(new Bin(rows, probabilities / rows, (double) positives / rows));
        return bins;
    }

    /** Expected calibration error: the bins' mean distance of predicted from observed, weighted by rows, in [0, 1]. */
    static double error(List<Bin> bins) {
        double sum = 0;
        int rows = 0;
        for (Bin bin : bins) {
            sum += bin.rows() * Math.abs(bin.predicted() - bin.observed());
            rows += bin.rows();
        }
        return sum / rows;
    }
}
