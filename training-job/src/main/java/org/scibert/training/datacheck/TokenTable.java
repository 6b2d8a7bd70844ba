package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scibert.io.Text;
import org.scibert.text.Encoding;
import org.scibert.text.Tokenizer;
import org.scibert.training.datacheck.Finding.Severity;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/**
 * The lengths of all texts in an encoder's tokens.
 *
 * @param encoder whose tokenizer counted
 * @param maxTokens tokens that are read of a text, [CLS] and [SEP] included
 * @param splits in the order of {@link Split}
 */
public record TokenTable(String encoder, int maxTokens, List<TokenLengths> splits) {
    /** Share of lost tokens from which on the loss is more than a note. */
    private static final double MUCH = 0.1;

    /**
     * The lengths of a split's texts in tokens, [CLS] and [SEP] included, and what a limit would cut.
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
            long cutTokens =
                    Arrays.stream(lengths).asLongStream().map(length -> Math.max(0, length - maxTokens)).sum();
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

    public TokenTable {
        if (maxTokens < Tokenizer.MIN_TOKENS) {
            throw new IllegalArgumentException(Text.format("maxTokens must be at least %s, is %s",
                    Tokenizer.MIN_TOKENS, maxTokens));
        }
        splits = List.copyOf(splits);
    }

    /** @param encodings of each split's texts, cut anywhere */
    public static TokenTable of(Splits<List<Encoding>> encodings, String encoder, int maxTokens) {
        List<TokenLengths> splits = new ArrayList<>();
        encodings.bySplit().forEach((split, texts) -> splits.add(
                TokenLengths.of(split, texts.stream().mapToInt(Encoding::total).toArray(), maxTokens)));
        return new TokenTable(encoder, maxTokens, splits);
    }

    /** One finding for each split with texts that would be cut. */
    public List<Finding> findings() {
        return splits.stream().filter(split -> split.rowsCut() > 0).map(this::finding).toList();
    }

    private Finding finding(TokenLengths split) {
        int rows = (int) Math.round(split.rowsCut() * split.rows());
        return new Finding(
                Finding.Kind.OVERLONG_TEXT,
                split.tokensCut() >= MUCH ? Severity.WARNING : Severity.NOTE,
                List.of(split.split()),
                rows,
                Text.format("%s of %s %s rows exceed %s tokens and lose their end: %.1f %% of all tokens",
                        rows, split.rows(), split.split(), maxTokens, 100 * split.tokensCut()),
                Text.format(
                        "nothing if the beginning decides; else raise --max-tokens: 95 %% of the texts have at most %s",
                        split.p95()),
                List.of());
    }
}
