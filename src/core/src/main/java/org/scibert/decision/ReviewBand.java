package org.scibert.decision;

/**
 * The calibrated probabilities that a person is asked about: from low to high, both included.
 *
 * @param low what is below is excluded without a person; 0: nothing is
 * @param high what is above is included without a person, at least {@code low}; 1: nothing is
 */
public record ReviewBand(double low, double high) {
    public ReviewBand {
        if (!(low >= 0 && low <= high && high <= 1)) {
            throw new IllegalArgumentException(
                    "a review band must be 0 ≤ low ≤ high ≤ 1, is low %s and high %s".formatted(low, high));
        }
    }

    /** @param probability of the positive label, calibrated */
    public Verdict verdict(double probability) {
        if (probability < low) {
            return Verdict.EXCLUDE;
        }
        return probability > high ? Verdict.INCLUDE : Verdict.ASK;
    }
}
