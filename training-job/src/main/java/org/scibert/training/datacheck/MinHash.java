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

    private final int[] factors; // (K), odd
    private final int[] terms; // (K)

    /** @param numbers of a signature, K */
    MinHash(int numbers) {
        // java.util.Random's sequence is part of its specification.
        Random random = new Random(SEED);
        factors = random.ints(numbers).map(bits -> bits | 1).toArray();
        terms = random.ints(numbers).toArray();
    }

    /**
     * A signature.
     *
     * @param shingles at least one; order and repetitions don't matter
     * @return (K)
     */
    int[] signature(long[] shingles) {
        int[] least = new int[factors.length];
        Arrays.fill(least, Integer.MAX_VALUE);
        for (long shingle : shingles) {
            lower(least, (int) (shingle >>> 32));
        }
        return least;
    }

    /** Each number is a permutation of the 32-bit hashes; ints in a plain loop, so that many are computed at a time. */
    private void lower(int[] least, int hash) {
        int[] factor = factors;
        int[] term = terms;
        for (int k = 0; k < least.length; k++) {
            least[k] = Math.min(least[k], factor[k] * hash + term[k]);
        }
    }
}
