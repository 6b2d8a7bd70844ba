package org.scibert.training.datacheck;

import com.fasterxml.jackson.annotation.JsonValue;

/** What can be found. */
public enum FindingKind {
    /** The same text, after {@link Normalisation}, in two splits. */
    LEAK("leak"),
    /** Leaks that were there: the training rows were left out. */
    DROPPED_LEAK("dropped leak"),
    /** Nearly the same text in two splits. */
    NEAR_DUPLICATE("near duplicate"),
    /** The same text twice in one split. */
    DUPLICATE("duplicate"),
    /** The same text with different labels. */
    CONFLICT("conflicting labels"),
    /** Names of columns in place of a text and its label. */
    HEADER_ROW("header row"),
    /** A label that no training row has. */
    UNKNOWN_LABEL("unknown label"),
    /** A text that says nothing. */
    EMPTY_TEXT("empty text"),
    /** A label that too few rows have. */
    RARE_LABEL("rare label"),
    /** A text longer than the limit of tokens. */
    OVERLONG_TEXT("overlong text");

    private final String title;

    FindingKind(String title) {
        this.title = title;
    }

    /** The name in reports. */
    @JsonValue
    public String title() {
        return title;
    }
}
