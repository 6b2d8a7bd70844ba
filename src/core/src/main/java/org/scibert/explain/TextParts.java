package org.scibert.explain;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.scibert.text.Span;
import org.scibert.text.TokenizedText;

/**
 * Words and sentences of a text, each with the tokens that the network reads of it. Parts that were cut off, and words
 * without a letter or digit, are left out.
 */
public final class TextParts {
    private TextParts() {}

    /**
     * A part of a text.
     *
     * @param start first UTF-16 unit
     * @param end after the last one
     * @param tokens places in the encoding, ascending, at least one
     */
    public record TextPart(int start, int end, List<Integer> tokens) {}

    /** The words of a text, in its order. */
    public static List<TextPart> words(String text, TokenizedText tokens) {
        return parts(text, tokens, BreakIterator.getWordInstance(Locale.ROOT)).stream()
                .filter(part ->
                        text.substring(part.start(), part.end()).codePoints().anyMatch(Character::isLetterOrDigit))
                .toList();
    }

    /** The sentences of a text, in its order. */
    public static List<TextPart> sentences(String text, TokenizedText tokens) {
        return parts(text, tokens, BreakIterator.getSentenceInstance(Locale.ROOT));
    }

    /** A token belongs to the part that it begins in. */
    private static List<TextPart> parts(String text, TokenizedText tokens, BreakIterator boundaries) {
        boundaries.setText(text);
        List<TextPart> parts = new ArrayList<>();
        int token = 1; // after [CLS]
        int last = tokens.encoding().used() - 1; // [SEP]
        int start = boundaries.first();
        for (int end = boundaries.next(); end != BreakIterator.DONE; start = end, end = boundaries.next()) {
            List<Integer> own = new ArrayList<>();
            for (; token < last && tokens.spans().get(token).start() < end; token++) {
                own.add(token);
            }
            if (!own.isEmpty()) {
                Span first = tokens.spans().get(own.get(0));
                Span finish = tokens.spans().get(own.get(own.size() - 1));
                parts.add(new TextPart(Math.max(start, first.start()), Math.min(end, finish.end()), own));
            }
        }
        return parts;
    }
}
