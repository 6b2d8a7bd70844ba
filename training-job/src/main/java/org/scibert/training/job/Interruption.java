package org.scibert.training.job;

import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import org.scibert.training.finetune.InterruptedRunException;

/**
 * Ends a job after its training, between two batches or two files, if it was asked to end. What was trained is kept,
 * and the same job trains nothing again when it is started again.
 *
 * @param asked whether the job is to end
 */
record Interruption(BooleanSupplier asked) implements Runnable {
    /** @throws UncheckedIOException of an {@link InterruptedRunException} if the job was asked to end */
    @Override
    public void run() {
        if (asked.getAsBoolean()) {
            throw new UncheckedIOException(new InterruptedRunException(
                    "interrupted after the training, whose result is kept; start the same job again to go on from"
                            + " there"));
        }
    }
}
