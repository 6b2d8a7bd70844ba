package org.scibert.training.evaluation;

/**
 * The confusion counts of one label. A ratio without a denominator is 0, as with scikit-learn's
 * {@code zero_division=0}.
 *
 * @param truePositives rows that have the label and are predicted to have it
 * @param falsePositives rows that are predicted to have it and don't
 * @param falseNegatives rows that have it and are not predicted to
 * @param trueNegatives all other rows
 */
public record ConfusionCounts(int truePositives, int falsePositives, int falseNegatives, int trueNegatives) {

    static final ConfusionCounts NONE = new ConfusionCounts(0, 0, 0, 0);

    /**
     * Counts the rows of a sample.
     *
     * @param positive (N)
     * @param predicted (N)
     * @param times how often each row stands in the sample, (N)
     */
    static ConfusionCounts of(boolean[] positive, boolean[] predicted, int[] times) {
        int[] counts = new int[4];
        for (int i = 0; i < positive.length; i++) {
            counts[(positive[i] ? 2 : 0) + (predicted[i] ? 1 : 0)] += times[i];
        }
        return new ConfusionCounts(counts[3], counts[1], counts[2], counts[0]);
    }

    /** The sum of both counts, for micro averages. */
    ConfusionCounts plus(ConfusionCounts other) {
        return new ConfusionCounts(
                truePositives + other.truePositives,
                falsePositives + other.falsePositives,
                falseNegatives + other.falseNegatives,
                trueNegatives + other.trueNegatives);
    }

    /** The counts with the negatives taken as the positives. */
    ConfusionCounts negated() {
        return new ConfusionCounts(trueNegatives, falseNegatives, falsePositives, truePositives);
    }

    /** Rows that have the label. */
    public int support() {
        return truePositives + falseNegatives;
    }

    /** Rows that are predicted to have the label. */
    public int predicted() {
        return truePositives + falsePositives;
    }

    /** The share of rows that are predicted right, in [0, 1]. */
    double accuracy() {
        return ratio(truePositives + trueNegatives, support() + falsePositives + trueNegatives);
    }

    /** The share of the predicted rows that have the label, in [0, 1]. */
    public double precision() {
        return ratio(truePositives, predicted());
    }

    /** The share of the rows with the label that are predicted to have it, in [0, 1]. */
    public double recall() {
        return ratio(truePositives, support());
    }

    /** The harmonic mean of precision and recall, in [0, 1]. */
    public double f1() {
        return ratio(2L * truePositives, 2L * truePositives + falsePositives + falseNegatives);
    }

    /** Matthews' correlation of gold and predicted, in [−1, 1]; 0 where either is the same for all rows. */
    double mcc() {
        double product = (double) predicted() * support()
                * (trueNegatives + falsePositives) * (trueNegatives + falseNegatives);
        double cross = (double) truePositives * trueNegatives - (double) falsePositives * falseNegatives;
        return product == 0 ? 0 : cross / Math.sqrt(product);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
