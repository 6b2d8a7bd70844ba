package org.scibert.training.datacheck;

import com.fasterxml.jackson.annotation.JsonValue;

/** What rows are for. */
public enum Split {
    /** The weights are fitted to them. */
    TRAIN("train"),
    /** The best epoch and the threshold are chosen by them. */
    DEV("dev"),
    /** The result is measured on them. */
    TEST("test");

    private final String title;

    Split(String title) {
        this.title = title;
    }

    /** The name at the command line and in files. */
    @JsonValue
    public String title() {
        return title;
    }
}
