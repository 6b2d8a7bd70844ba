package org.scibert.text;

import org.scibert.io.Text;

/**
 * One text as the network reads it: [CLS], the pieces of the text, [SEP]. Four bytes a token; what a person reads of a
 * text's tokens is a {@link TokenizedText}.
 *
 * @param inputIds the tokens' lines in the vocabulary, counted from 0, (t); never modified through this record
 * @param total tokens that the whole text has, [CLS] and [SEP] included; more than {@code inputIds} where it was cut
 */
public record Encoding(int[] inputIds, int total) {
    /** [CLS] and [SEP], which every text gets. */
    static final int SPECIAL_TOKENS = 2;

    public Encoding {
        if (inputIds.length < SPECIAL_TOKENS || total < inputIds.length) {
            throw new IllegalArgumentException(Text.format(
                    "an encoding of %d tokens can't stand for a text of %d; it has from %d, [CLS]",
                    inputIds.length, total, SPECIAL_TOKENS) + " and [SEP], to all of them");
        }
    }

    /** Tokens that the network gets, [CLS] and [SEP] included. */
    public int used() {
        return inputIds.length;
    }

    /** Whether the end of the text was cut off. */
    public boolean truncated() {
        return used() < total;
    }

    /**
     * Whether the tokenizer leaves nothing of the text: it is empty, or has only characters that BERT's normalizer
     * drops (white space, control and private-use characters, U+FFFD, combining marks where accents are stripped). The
     * network would classify [CLS] and [SEP] alone.
     */
    public boolean isBlank() {
        return total == SPECIAL_TOKENS;
    }
}
