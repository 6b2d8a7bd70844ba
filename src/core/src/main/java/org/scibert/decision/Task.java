package org.scibert.decision;

import org.scibert.io.Text;

/** The classification task, which determines the number of logits and the loss. */
public enum Task {
    /** Two labels, one logit, sigmoid; BCEWithLogits with pos_weight. The second label is the positive one. */
    BINARY("binary"),
    /** One label of many, one logit each, softmax; cross-entropy. */
    MULTI_CLASS("multi-class"),
    /** Any number of labels, one logit each, sigmoid; BCEWithLogits with a pos_weight per label. */
    MULTI_LABEL("multi-label");

    private final String title;

    Task(String title) {
        this.title = title;
    }

    /** The name at the command line and in files. */
    public String title() {
        return title;
    }

    /** The number of logits for a number of labels. */
    public int outputs(int labels) {
        return this == BINARY ? 1 : labels;
    }

    /**
     * The task of this name.
     *
     * @throws IllegalArgumentException if there is no such task
     */
    public static Task ofTitle(String title) {
        for (Task t : values()) {
            if (t.title.equals(title)) {
                return t;
            }
        }
        throw new IllegalArgumentException(
                Text.format("no task is named \"%s\"; use binary, multi-class or multi-label", title));
    }
}
