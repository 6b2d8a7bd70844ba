package org.scibert.training.screening;

import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/**
 * The test of "the recall of this screening is below its target" by Callaghan and Müller-Hansen (Systematic Reviews
 * 9:273, 2020), as in the code that they published.
 *
 * <p>From some point on, the records that were screened are taken for a random sample of all that were left there
 * (ranked quasi-sampling). With r relevant records found and a target τ, the recall is below τ if at least m = ⌊r/τ⌋ +
 * 1 − r relevant ones are unseen. Under that hypothesis the sample holds at most as many relevant ones as it does with
 * a probability that is hypergeometric. The p-value is the smallest over all points to begin the sample at; it is not
 * corrected for that choice. Where the order ranks relevant records first, the unseen ones are poorer than the sample,
 * and the p-value is too large rather than too small.
 */
public final class RecallHypothesis {
    /** Above the error of a quotient of doubles, far below the distance of two fractions of counts. */
    private static final double ROUNDING = 1e-9;

    private RecallHypothesis() {}

    /**
     * The p-value of "the recall is below the target".
     *
     * @param relevant the records that were screened, in their order: whether each is relevant; at least one
     * @param records screened or not, at least as many
     * @param recall the target, in (0, 1)
     * @return in [0, 1]; 1 where nothing speaks against the hypothesis
     */
    public static double pValue(boolean[] relevant, int records, double recall) {
        int screened = relevant.length;
        int found = 0;
        for (boolean is : relevant) {
            found += is ? 1 : 0;
        }
        int unseen = records - screened;
        int missed = (int) Math.floor(found / recall + ROUNDING) + 1 - found;
        double smallest = 1;
        int inSample = 0;
        for (int size = 1; size <= screened; size++) {
            inSample += relevant[screened - size] ? 1 : 0;
            // Between two relevant records the value falls with each that is taken in: only the last one counts.
            if (size == screened || relevant[screened - size - 1]) {
                smallest = Math.min(smallest, atMost(inSample, unseen + size, inSample + missed, size));
            }
        }
        return smallest;
    }

    /**
     * P(X ≤ drawn) for X relevant records in a sample without replacement; 0 if there can't be so many relevant ones.
     *
     * @param population records
     * @param relevant of them
     * @param sample of them, drawn
     */
    static double atMost(int drawn, int population, int relevant, int sample) {
        if (relevant > population || drawn < sample - (population - relevant)) {
            return 0;
        }
        if (drawn >= Math.min(relevant, sample)) {
            return 1;
        }
        HypergeometricDistribution distribution = HypergeometricDistribution.of(population, relevant, sample);
        if (drawn > distribution.getMean()) {
            return distribution.cumulativeProbability(drawn);
        }
        // Below the mean the terms shrink downwards, so that few of them make the sum.
        double term = Math.exp(distribution.logProbability(drawn));
        double sum = 0;
        for (int i = drawn; i >= 0 && term > sum * 1e-17; i--) {
            sum += term;
            term *= (double) i * (population - relevant - sample + i) / ((relevant - i + 1.) * (sample - i + 1.));
        }
        return Math.min(1, sum);
    }
}
