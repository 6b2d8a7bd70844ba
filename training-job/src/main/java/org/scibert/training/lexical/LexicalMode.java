package org.scibert.training.lexical;

import org.scibert.io.Text;

/** Whether a release's encoder gets a lexicon beside it. */
public enum LexicalMode {
    /** What scores best on dev is released: the encoder, fine-tuned or frozen, the words, or a blend. */
    AUTO("auto"),
    /** A blend with words is released. */
    ON("on"),
    /** The fine-tuned encoder is released. */
    OFF("off");

    private final String title;

    LexicalMode(String title) {
        this.title = title;
    }

    /** The name at the command line and in files. */
    public String title() {
        return title;
    }

    /** @throws IllegalArgumentException if there is no such mode */
    public static LexicalMode ofTitle(String title) {
        for (LexicalMode mode : values()) {
            if (mode.title.equals(title)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(Text.format("--lexical must be auto, on or off, is \"%s\"", title));
    }
}
