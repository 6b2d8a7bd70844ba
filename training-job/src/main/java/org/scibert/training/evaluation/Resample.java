package org.scibert.training.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Samples of a split with replacement, as how often each row stands in the sample, (N). */
final class Resample {
    private Resample() {}

    /** The split itself: each row once. */
    static int[] once(int rows) {
        int[] times = new int[rows];
        Arrays.fill(times, 1);
        return times;
    }

    /** A sample of as many rows as the split has, drawn with replacement. */
    static int[] drawn(int rows, SplittableRandom random) {
        int[] times = new int[rows];
        for (int i = 0; i < rows; i++) {
            times[random.nextInt(rows)]++;
        }
        return times;
    }

    /** The mean of values (N) over a sample of at least one row. */
    static double mean(double[] values, int[] times) {
        double sum = 0;
        long rows = 0;
        for (int i = 0; i < values.length; i++) {
            sum += times[i] * values[i];
            rows += times[i];
        }
        return sum / rows;
    }
}
