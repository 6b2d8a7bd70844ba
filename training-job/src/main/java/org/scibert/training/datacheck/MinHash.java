package org.scibert.training.datacheck;

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
        int[] hashes = new int[shingles.length]; // (S)
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = (int) (shingles[i] >>> 32);
        }
        int[] signature = new int[factors.length];
        for (int k = 0; k < signature.length; k++) {
            signature[k] = least(hashes, factors[k], terms[k]);
        }
        return signature;
    }

    /** The least of a permutation of the 32-bit hashes; a plain loop over ints, which newer JDKs compute eight at a time. */
    private static int least(int[] hashes, int factor, int term) {
        int least = Integer.MAX_VALUE;
        for (int hash : hashes) {
            least = Math.min(least, factor * hash + term);
        }
        return least;
    }
}
