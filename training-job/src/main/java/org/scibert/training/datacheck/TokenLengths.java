package org.scibert.training.datacheck;

import java.util.Arrays;
import org.scibert.training.rows.Split;

/**
 * How many tokens the texts of a split have, [CLS] and [SEP] included, and what a limit would cut.
 *
 * @param p50 tokens that half of the rows don't exceed (nearest rank); likewise the others
 * @param max tokens of the longest
 * @param rowsCut share of rows that lose tokens, in [0, 1]
 * @param tokensCut share of tokens that are lost, in [0, 1)
 */
public record TokenLengths(
        Split split, int rows, int p50, int p90, int p95, int p99, int max, double rowsCut, double tokensCut) {

    /**
     * @param lengths tokens of each row, at least one row
     * @param maxTokens tokens that are read of a text
     */
    static TokenLengths of(Split split, int[] lengths, int maxTokens) {
        int[] sorted = lengths.clone();
        Arrays.sort(sorted);
        long cutRows = Arrays.stream(lengths).filter(length -> length > maxTokens).count();
        long cutTokens = Arrays.stream(lengths).asLongStream().map(length -> Math.max(0, length - maxTokens)).sum();
        return new TokenLengths(
                split,
                lengths.length,
                percentile(sorted, 50),
                percentile(sorted, 90),
                percentile(sorted, 95),
                percentile(sorted, 99),
                sorted[sorted.length - 1],
                (double) cutRows / lengths.length,
                (double) cutTokens / Arrays.stream(lengths).asLongStream().sum());
    }

    private static int percentile(int[] sorted, int percent) {
        return sorted[(int) (((long) sorted.length * percent + 99) / 100) - 1];
    }
}
