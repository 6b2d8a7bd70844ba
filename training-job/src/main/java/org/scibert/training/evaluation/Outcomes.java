package org.scibert.training.evaluation;

/**
 * How often one label was called, rightly or not. A ratio without a denominator is 0, as with scikit-learn's
 * {@code zero_division=0}.
 */
record Outcomes(int truePositives, int falsePositives, int falseNegatives, int trueNegatives) {

    static final Outcomes NONE = new Outcomes(0, 0, 0, 0);

    /** Counts rows by what they are and what they were called, each so many times; all (N). */
    static Outcomes of(boolean[] positive, boolean[] called, int[] times) {
        int[] counts = new int[4];
        for (int i = 0; i < positive.length; i++) {
            counts[(positive[i] ? 2 : 0) + (called[i] ? 1 : 0)] += times[i];
        }
        return new Outcomes(counts[3], counts[1], counts[2], counts[0]);
    }

    Outcomes plus(Outcomes other) {
        return new Outcomes(
                truePositives + other.truePositives,
                falsePositives + other.falsePositives,
                falseNegatives + other.falseNegatives,
                trueNegatives + other.trueNegatives);
    }

    /** The same rows, seen from the negatives. */
    Outcomes negated() {
        return new Outcomes(trueNegatives, falseNegatives, falsePositives, truePositives);
    }

    int positives() {
        return truePositives + falseNegatives;
    }

    double accuracy() {
        return ratio(truePositives + trueNegatives, positives() + falsePositives + trueNegatives);
    }

    double precision() {
        return ratio(truePositives, truePositives + falsePositives);
    }

    double recall() {
        return ratio(truePositives, positives());
    }

    double f1() {
        return ratio(2L * truePositives, 2L * truePositives + falsePositives + falseNegatives);
    }

    /** Matthews' correlation of what rows are and what they are called, in [−1, 1]; 0 where either is always the same. */
    double mcc() {
        double product = (double) (truePositives + falsePositives) * positives()
                * (trueNegatives + falsePositives) * (trueNegatives + falseNegatives);
        double cross = (double) truePositives * trueNegatives - (double) falsePositives * falseNegatives;
        return product == 0 ? 0 : cross / Math.sqrt(product);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
