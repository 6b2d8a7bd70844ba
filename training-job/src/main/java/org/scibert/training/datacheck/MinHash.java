package org.scibert.training.datacheck;

import java.util.Arrays;
import java.util.Random;

/**
 * MinHash signatures: of two texts, the share of numbers in which they agree estimates the Jaccard similarity of their
 * shingles, with a standard deviation of √(s (1 − s) / K). The same text gives the same signature on every machine.
 *
 * @see <a href="https://doi.org/10.1109/SEQUEN.1997.666900">Broder, On the resemblance and containment of documents</a>
 */
final class MinHash {
    private static final long SEED = 0x5C1BE27L;

    private final long[] factors; // (K)
    private final long[] terms; // (K)

    /** @param numbers of a signature, K */
    MinHash(int numbers) {
        // java.util.Random's sequence is part of its specification.
        Random random = new Random(SEED);
        factors = random.longs(numbers).map(bits -> bits | 1).toArray();
        terms = random.longs(numbers).toArray();
    }

    /**
     * A signature.
     *
     * @param shingles at least one; order and repetitions don't matter
     * @return (K), none negative
     */
    int[] signature(long[] shingles) {
        int[] least = new int[factors.length];
        Arrays.fill(least, Integer.MAX_VALUE);
        for (long shingle : shingles) {
            for (int k = 0; k < least.length; k++) {
                // Multiply-add-shift: the high bits are those that are well mixed.
                least[k] = Math.min(least[k], (int) ((factors[k] * shingle + terms[k]) >>> 33));
            }
        }
        return least;
    }
}
