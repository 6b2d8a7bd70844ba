package org.scibert.training.cli;

import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGTERM, by which schedulers announce the end of a machine. The first asks the run to finish its step and to keep its
 * state; a second ends the process at once, with the same exit status.
 *
 * <p>A shutdown hook would not do: it never hears of the second.
 */
final class Termination implements BooleanSupplier, AutoCloseable {
    private static final Signal SIGTERM = new Signal("TERM");

    private final SignalHandler before;
    private volatile boolean asked;

    Termination(PrintWriter err) {
        before = Signal.handle(SIGTERM, signal -> {
            if (asked) {
                Runtime.getRuntime().halt(Failures.TRY_AGAIN);
            }
            asked = true;
            err.println("asked to end: the job ends after the running step or batch, and goes on from there when it is"
                    + " started again; ask again to end at once");
        });
    }

    /** Whether SIGTERM was received. */
    @Override
    public boolean getAsBoolean() {
        return asked;
    }

    /** Gives SIGTERM the effect back that it had before. */
    @Override
    public void close() {
        Signal.handle(SIGTERM, before);
    }
}
