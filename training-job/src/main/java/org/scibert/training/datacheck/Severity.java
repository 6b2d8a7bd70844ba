package org.scibert.training.datacheck;

import com.fasterxml.jackson.annotation.JsonValue;

/** How much a finding matters. */
public enum Severity {
    /** The scores would mean nothing, or the rows are not what they seem; ends a strict job. */
    ERROR("error"),
    /** The model or its scores suffer. */
    WARNING("warning"),
    /** Good to know. */
    NOTE("note");

    private final String title;

    Severity(String title) {
        this.title = title;
    }

    /** The name in reports. */
    @JsonValue
    public String title() {
        return title;
    }
}
