package org.scibert.text;

import org.scibert.io.Text;

/**
 * Where a token stands in its text: {@code text.substring(start, end)}.
 *
 * @param start UTF-16 index of the first char
 * @param end UTF-16 index after the last char; never below {@code start}
 */
public record Span(int start, int end) {
    /** The span of [CLS] and [SEP], which stand nowhere in the text: {@code (0, 0)}, the only empty span. */
    public static final Span NONE = new Span(0, 0);

    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException(Text.format("span [%d, %d) is not 0 <= start <= end", start, end));
        }
    }

    /** The text the token was made from; empty for {@link #NONE}. */
    public String of(String text) {
        return text.substring(start, end);
    }
}
