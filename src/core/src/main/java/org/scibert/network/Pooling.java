package org.scibert.network;

import org.scibert.io.Text;

/** Which vector of a text the head reads. */
public enum Pooling {
    /** The last hidden state at [CLS], as BERT was made to be fine-tuned. */
    CLS("cls"),
    /**
     * The mean of the last hidden states of all tokens, [CLS] and [SEP] included, as sentence encoders were trained.
     */
    MEAN("mean");

    private final String title;

    Pooling(String title) {
        this.title = title;
    }

    /** The name at the command line and in files. */
    public String title() {
        return title;
    }

    /** @throws IllegalArgumentException if there is no such pooling */
    public static Pooling ofTitle(String title) {
        for (Pooling pooling : values()) {
            if (pooling.title.equals(title)) {
                return pooling;
            }
        }
        throw new IllegalArgumentException(Text.format("no pooling is named \"%s\"; use cls or mean", title));
    }
}
