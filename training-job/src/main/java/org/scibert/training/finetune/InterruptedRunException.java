package org.scibert.training.finetune;

import java.io.IOException;

/** A run was asked to end early. Its state is kept, and the same job goes on from there when it is started again. */
public class InterruptedRunException extends IOException {
    private static final long serialVersionUID = 1L;

    InterruptedRunException(int step, int steps) {
        super("interrupted after step %d of %d, which is kept; start the same job again to go on from there"
                .formatted(step, steps));
    }
}
