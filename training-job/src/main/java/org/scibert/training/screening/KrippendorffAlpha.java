package org.scibert.training.screening;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Krippendorff's alpha for nominal labels: how far any number of screeners agree, each of whom may have labelled some
 * of the works (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability").
 *
 * @param works that two screeners or more have labelled; others tell nothing of agreement
 * @param value at most 1, 0 for agreement by chance; empty where all gave one and the same label throughout
 */
public record KrippendorffAlpha(int works, OptionalDouble value) {
    /**
     * Compares the disagreement within works with that among all labels, whoever gave them.
     *
     * @param counts for each work, how many screeners gave each label, (C)
     */
    static KrippendorffAlpha of(List<int[]> counts) {
        List<int[]> works = counts.stream().filter(work -> Arrays.stream(work).sum() > 1).toList();
        if (works.isEmpty()) {
            return new KrippendorffAlpha(0, OptionalDouble.empty());
        }
        double[] totals = new double[works.get(0).length]; // (C)
        double observed = 0;
        for (int[] work : works) {
            int labels = Arrays.stream(work).sum();
            observed += unequalPairs(Arrays.stream(work).asDoubleStream().toArray()) / (labels - 1);
            Arrays.setAll(totals, c -> totals[c] + work[c]);
        }
        double byChance = unequalPairs(totals) / (Arrays.stream(totals).sum() - 1);
        return new KrippendorffAlpha(
                works.size(), byChance == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - observed / byChance));
    }

    /** The ordered pairs of unequal labels. */
    private static double unequalPairs(double[] counts) {
        double sum = Arrays.stream(counts).sum();
        return sum * sum - Arrays.stream(counts).map(count -> count * count).sum();
    }
}
