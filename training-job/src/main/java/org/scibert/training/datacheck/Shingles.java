package org.scibert.training.datacheck;

import java.util.Arrays;

/** A text's overlapping runs of characters, each as a 64-bit hash. */
final class Shingles {
    /** UTF-16 units of a shingle: about a word, so that a changed word costs some ten of them and not the sentence. */
    static final int LENGTH = 5;

    private Shingles() {}

    /** In the order of the text, with repetitions; a text shorter than a shingle is one. */
    static long[] of(String text) {
        int count = Math.max(1, text.length() - LENGTH + 1);
        long[] hashes = new long[count];
        for (int start = 0; start < count; start++) {
            long hash = 0;
            for (int i = start; i < Math.min(start + LENGTH, text.length()); i++) {
                hash = hash * 0x9E3779B97F4A7C15L + text.charAt(i) + 1;
            }
            hashes[start] = mix(hash);
        }
        return hashes;
    }

    /** The different ones, ascending. */
    static long[] setOf(String text) {
        return Arrays.stream(of(text)).sorted().distinct().toArray();
    }

    /**
     * Jaccard similarity: what two sets share of what either has.
     *
     * @param one ascending and different, at least one
     * @param other likewise
     * @return in [0, 1]
     */
    static double jaccard(long[] one, long[] other) {
        int shared = 0;
        for (int i = 0, j = 0; i < one.length && j < other.length; ) {
            if (one[i] == other[j]) {
                shared++;
                i++;
                j++;
            } else if (one[i] < other[j]) {
                i++;
            } else {
                j++;
            }
        }
        return (double) shared / (one.length + other.length - shared);
    }

    /** Stafford's 13th variant of the 64-bit finalizer: all bits of the result depend on all of the input. */
    static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
