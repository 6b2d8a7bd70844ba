package org.scibert.decision;

import java.util.Locale;

/** The outcome of screening one text: include it, exclude it, or ask a person. */
public enum Verdict {
    INCLUDE,
    EXCLUDE,
    ASK;

    /** The name in files and answers. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
