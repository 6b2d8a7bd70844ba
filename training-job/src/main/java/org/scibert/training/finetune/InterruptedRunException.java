package org.scibert.training.finetune;

import java.io.IOException;

/**
 * A run was asked to end early. The same job, started again, goes on from
 * its newest checkpoint.
 */
public class InterruptedRunException extends IOException {
    private static final long serialVersionUID = 1L;

    InterruptedRunException(int step, int steps, boolean kept) {
        super((kept
                        ? "interrupted after step %d of %d, which is kept; start the same job again to go on from there"
                        : "interrupted after step %d of %d, which could not be kept; the same job, started again, goes on"
                                + " from the checkpoint before it")
                .formatted(step, steps));
    }
}
