package org.scibert.training.finetune;

/**
 * Derives the seed of each random choice from the run's seed and the choice's place in the run. No generator outlives
 * its use, so that a run that goes on from a checkpoint has no generator to restore.
 */
final class Seeds {
    private static final int HEAD = 1;
    private static final int ORDER = 2;
    private static final int DROPOUT = 3;

    private Seeds() {}

    /** The seed of the head's first weights. */
    static long head(long seed) {
        return mix(mix(seed, HEAD), 0);
    }

    /** The seed of the order of an epoch's rows. */
    static long order(long seed, int epoch) {
        return mix(mix(seed, ORDER), epoch);
    }

    /** The seed of dropout on the rows of a step that go through the network at once. */
    static long dropout(long seed, int step, int part) {
        return mix(mix(mix(seed, DROPOUT), step), part);
    }

    /** SplitMix64's step and finalizer (Steele et al. 2014): near inputs give unrelated seeds. */
    private static long mix(long seed, long value) {
        long z = seed + (value + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
