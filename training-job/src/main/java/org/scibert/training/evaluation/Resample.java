package org.scibert.training.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;

/** How often each row of a split stands in a sample of it, (N). */
final class Resample {
    private Resample() {}

    /** Each row once: the split itself. */
    static int[] once(int rows) {
        int[] times = new int[rows];
        Arrays.fill(times, 1);
        return times;
    }

    /** As many rows as the split has, drawn with replacement. */
    static int[] drawn(int rows, SplittableRandom random) {
        int[] times = new int[rows];
        for (int i = 0; i < rows; i++) {
            times[random.nextInt(rows)]++;
        }
        return times;
    }

    /** Of values (N), each so many times; at least one row stands in the sample. */
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
