package org.scibert.drift;

import org.scibert.io.Text;

/**
 * The population stability index: how far two histograms over the same bins lie apart, Σ (o − e) ln(o / e) over the
 * shares e that were expected and o that were observed. It is 0 for equal shares and has no upper end; by custom a
 * value below 0.1 is taken for no change and one above 0.25 for a large one.
 *
 * <p>Half a text is added to each bin on both sides, so that an empty bin has a share. By chance alone, with texts of
 * the same kind on both sides, the index of k bins is about (k − 1)(1/n + 1/m) for n and m texts (Yurdakul 2018).
 */
public final class Psi {
    private static final double ADDED = 0.5;

    private Psi() {}

    /**
     * Returns the index, from 0.
     *
     * @param expected texts in each bin, (k)
     * @param observed likewise
     */
    public static double of(long[] expected, long[] observed) {
        if (expected.length != observed.length) {
            throw new IllegalArgumentException(Text.format(
                    "histograms of %d and %d bins can't be compared", expected.length, observed.length));
        }
        double psi = 0;
        for (int bin = 0; bin < expected.length; bin++) {
            double e = share(expected, bin);
            double o = share(observed, bin);
            psi += (o - e) * Math.log(o / e);
        }
        return psi;
    }

    private static double share(long[] histogram, int bin) {
        long texts = 0;
        for (long count : histogram) {
            texts += count;
        }
        return (histogram[bin] + ADDED) / (texts + ADDED * histogram.length);
    }
}
