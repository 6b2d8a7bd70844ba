package org.scibert.training.finetune;

import java.io.IOException;
import org.scibert.io.Text;

/** A run was asked to end early. The same job, started again, goes on from its newest checkpoint. */
public class InterruptedRunException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message what is kept, and how to go on */
    public InterruptedRunException(String message) {
        super(message);
    }

    InterruptedRunException(int step, int steps, boolean kept) {
        super(Text.format("interrupted after step %s of %s, which %s", step, steps, kept
                ? "is kept; start the same job again to go on from there"
                : "could not be kept; the same job, started again, goes on from the checkpoint before it"));
    }
}
