package org.scibert.text;

import java.util.List;
import org.scibert.io.Text;

/**
 * One text's tokens as a person reads them, beside their ids.
 *
 * @param encoding the ids
 * @param tokens the tokens, {@code ##} before pieces that continue a word, (t)
 * @param spans where each token stands in the text, {@link Span#NONE} for [CLS] and [SEP], (t)
 */
public record TokenizedText(Encoding encoding, List<String> tokens, List<Span> spans) {
    public TokenizedText {
        tokens = List.copyOf(tokens);
        spans = List.copyOf(spans);
        if (tokens.size() != encoding.used() || spans.size() != encoding.used()) {
            throw new IllegalArgumentException(Text.format(
                    "%d input ids, %d tokens and %d spans are not as many of each",
                    encoding.used(), tokens.size(), spans.size()));
        }
    }
}
