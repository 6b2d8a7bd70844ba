package org.scibert.training.promotion;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What was found, and whether the pointer moves for it. */
public enum Verdict {
    /** None was in service. */
    FIRST(true),
    /** The lower bound of the difference is above 0. */
    BETTER(true),
    /** The lower bound is not below the margin. */
    NOT_WORSE(true),
    /** It was asked for, however it compares. */
    ALWAYS(true),
    /** It was asked not to. */
    NEVER(false),
    /** The lower bound is below the margin: worse, or too few rows to tell. */
    NOT_SHOWN(false),
    /** There are no numbers: other labels, no positives, or the one in service can't be opened. */
    NOT_COMPARABLE(false),
    /** Another version was put in service during the comparison. */
    OVERTAKEN(false);

    private final boolean promotes;

    Verdict(boolean promotes) {
        this.promotes = promotes;
    }

    /** Whether the version goes in service. */
    boolean promotes() {
        return promotes;
    }

    @JsonValue
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
