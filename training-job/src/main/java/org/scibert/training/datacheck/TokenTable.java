package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.scibert.text.Encoding;
import org.scibert.text.Tokenizer;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;

/**
 * The lengths of all texts as an encoder counts them.
 *
 * @param encoder whose tokenizer counted
 * @param maxTokens tokens that are read of a text, [CLS] and [SEP] included
 * @param splits in the order of {@link Split}
 */
public record TokenTable(String encoder, int maxTokens, List<TokenLengths> splits) {
    /** Share of lost tokens from which on the loss is more than a note. */
    private static final double MUCH = 0.1;

    public TokenTable {
        if (maxTokens < Tokenizer.MIN_TOKENS) {
            throw new IllegalArgumentException("maxTokens must be at least %d, is %d"
                    .formatted(Tokenizer.MIN_TOKENS, maxTokens));
        }
        splits = List.copyOf(splits);
    }

    /** Tokenizes all rows. */
    public static TokenTable of(Splits<Rows> rows, String encoder, Tokenizer tokenizer, int maxTokens) {
        List<TokenLengths> splits = new ArrayList<>();
        rows.bySplit().forEach((split, of) -> {
            // The shortest encodings: only the whole text's count matters.
            int[] lengths = tokenizer.encode(of.texts(), Tokenizer.MIN_TOKENS).stream()
                    .mapToInt(Encoding::total)
                    .toArray();
            splits.add(TokenLengths.of(split, lengths, maxTokens));
        });
        return new TokenTable(encoder, maxTokens, splits);
    }

    /** One for each split with texts that would be cut. */
    public List<Finding> findings() {
        return splits.stream().filter(split -> split.rowsCut() > 0).map(this::finding).toList();
    }

    private Finding finding(TokenLengths split) {
        int rows = (int) Math.round(split.rowsCut() * split.rows());
        return new Finding(
                FindingKind.OVERLONG_TEXT,
                split.tokensCut() >= MUCH ? Severity.WARNING : Severity.NOTE,
                List.of(split.split()),
                rows,
                String.format(
                        Locale.ROOT,
                        "%d of %d %s rows exceed %d tokens and lose their end: %.1f %% of all tokens",
                        rows, split.rows(), split.split().title(), maxTokens, 100 * split.tokensCut()),
                "nothing if the beginning decides; else raise --max-tokens: 95 %% of the texts have at most %d"
                        .formatted(split.p95()),
                List.of());
    }
}
