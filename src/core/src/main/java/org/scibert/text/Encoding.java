package org.scibert.text;

import java.util.List;

/**
 * One text as the network reads it: [CLS], the pieces of the text, [SEP].
 *
 * @param inputIds the tokens' lines in the vocabulary, counted from 0; never modified through this record
 * @param tokens the tokens, {@code ##} before pieces that continue a word
 * @param spans where each token stands in the text, {@link Span#NONE} for [CLS] and [SEP]
 * @param total tokens that the whole text has, [CLS] and [SEP] included
 * @param truncated whether the text was cut: {@code total > used()}
 */
public record Encoding(long[] inputIds, List<String> tokens, List<Span> spans, int total, boolean truncated) {

    public Encoding {
        tokens = List.copyOf(tokens);
        spans = List.copyOf(spans);
        int used = inputIds.length;
        if (tokens.size() != used || spans.size() != used) {
            throw new IllegalArgumentException("%d input ids, %d tokens and %d spans are not as many of each"
                    .formatted(used, tokens.size(), spans.size()));
        }
        if (total < used || truncated != total > used) {
            throw new IllegalArgumentException("%d tokens used of %d can't be with truncated = %s"
                    .formatted(used, total, truncated));
        }
    }

    /** Tokens that the network gets, [CLS] and [SEP] included. */
    public int used() {
        return inputIds.length;
    }
}
