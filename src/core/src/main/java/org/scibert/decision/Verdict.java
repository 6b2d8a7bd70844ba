package org.scibert.decision;

import java.util.Locale;

/** What is to be done with a text without a person, or that a person is to be asked. */
public enum Verdict {
    INCLUDE,
    EXCLUDE,
    ASK;

    /** The name in files and answers. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
