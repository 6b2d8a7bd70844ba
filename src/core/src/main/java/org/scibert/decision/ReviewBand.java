package org.scibert.decision;

import org.scibert.io.Text;

/**
 * The range of calibrated probabilities that a person is asked about, both ends included.
 *
 * @param low texts below are excluded without a person; 0 excludes none
 * @param high texts above are included without a person; at least {@code low}; 1 includes none
 */
public record ReviewBand(double low, double high) {
    public ReviewBand {
        if (!(low >= 0 && low <= high && high <= 1)) {
            throw new IllegalArgumentException(
                    Text.format("a review band must be 0 ≤ low ≤ high ≤ 1, is low %s and high %s", low, high));
        }
    }

    /**
     * The verdict on a text.
     *
     * @param probability calibrated probability of the positive label
     */
    public Verdict verdict(double probability) {
        if (probability < low) {
            return Verdict.EXCLUDE;
        }
        return probability > high ? Verdict.INCLUDE : Verdict.ASK;
    }
}
