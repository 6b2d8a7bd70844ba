package org.scibert.training.rows;

import com.fasterxml.jackson.annotation.JsonValue;

/** What labelled rows are used for. */
public enum Split {
    /** The weights are fitted to these rows. */
    TRAIN("train"),
    /** The best epoch, the calibration and the thresholds are chosen by these rows. */
    DEV("dev"),
    /** The released model is measured on these rows; nothing is chosen by them. */
    TEST("test"),
    /** All rows of a cross-validation, each answered by a model that was trained without it. */
    OUT_OF_FOLD("out-of-fold");

    private final String title;

    Split(String title) {
        this.title = title;
    }

    /** The split's name at the command line, in files, in JSON and in messages. */
    @JsonValue
    public String title() {
        return title;
    }

    @Override
    public String toString() {
        return title;
    }
}
