package org.scibert.training.calibration;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * One-sided exact bounds of a share, from the rows counted (Clopper and Pearson 1934): whatever the true share is, the
 * bound is on its right side with at least the confidence stated.
 */
public final class ClopperPearson {
    private ClopperPearson() {}

    /**
     * @param hits 0 to {@code rows}
     * @param confidence in (0, 1)
     * @return what the share is at least; 0 if there are no hits
     */
    public static double lower(int hits, int rows, double confidence) {
        return hits == 0 ? 0 : BetaDistribution.of(hits, rows - hits + 1).inverseCumulativeProbability(1 - confidence);
    }

    /** What the share is at most; 1 if all are hits. Parameters as with {@link #lower}. */
    public static double upper(int hits, int rows, double confidence) {
        return 1 - lower(rows - hits, rows, confidence);
    }

    /** Rows that must all be hits for their lower bound to reach a share below 1. */
    static int rowsNeeded(double share, double confidence) {
        return (int) Math.ceil(Math.log(1 - confidence) / Math.log(share) - 1e-9);
    }
}
