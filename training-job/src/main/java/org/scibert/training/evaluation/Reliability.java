package org.scibert.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * How far probabilities come true.
 *
 * <p>Bins of equal mass (Nguyen and O'Connor 2015): those of equal width would leave most of a rare label's rows in one.
 */
final class Reliability {
    static final int BINS = 15;

    private Reliability() {}

    /**
     * The rows in {@value #BINS} bins of like size, by probability. Rows of equal score stand in one bin, that of the
     * middle one, so that bins may be empty; those are left out.
     *
     * @param toProbability from the ranking's scores, rising
     * @return from the least probable to the most
     */
    static List<ReliabilityBin> bins(Ranking ranking, DoubleUnaryOperator toProbability) {
        List<ReliabilityBin> bins = new ArrayList<>(BINS);
        int bin = -1;
        int rows = 0;
        int positives = 0;
        double probabilities = 0;
        for (int step = ranking.steps() - 1; step >= 0; step--) {
            int size = ranking.read(step) - ranking.read(step - 1);
            int below = ranking.rows() - ranking.read(step);
            int own = (int) ((long) BINS * (2L * below + size) / (2L * ranking.rows()));
            if (own != bin && rows > 0) {
                bins.add(new ReliabilityBin(rows, probabilities / rows, (double) positives / rows));
                rows = 0;
                positives = 0;
                probabilities = 0;
            }
            bin = own;
            rows += size;
            positives += ranking.found(step) - ranking.found(step - 1);
            probabilities += size * toProbability.applyAsDouble(ranking.score(step));
        }
        bins.add(new ReliabilityBin(rows, probabilities / rows, (double) positives / rows));
        return bins;
    }

    /** Expected calibration error: the bins' mean distance of predicted from observed, weighted by rows, in [0, 1]. */
    static double error(List<ReliabilityBin> bins) {
        double sum = 0;
        int rows = 0;
        for (ReliabilityBin bin : bins) {
            sum += bin.rows() * Math.abs(bin.predicted() - bin.observed());
            rows += bin.rows();
        }
        return sum / rows;
    }
}
