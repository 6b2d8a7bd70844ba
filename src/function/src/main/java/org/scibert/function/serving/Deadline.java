package org.scibert.function.serving;

import java.time.Duration;
import org.scibert.function.serving.UnavailableException.Reason;
import org.scibert.io.Text;

/**
 * The time by which one request must have its answer, which begins when this object is made; and whether its caller
 * still waits. The work looks at it between forward passes, so that no work is done for nobody.
 */
public final class Deadline {
    private final Duration allowed;
    private final long start = System.nanoTime();
    private boolean abandoned;
    private Runnable onAbandoned = () -> { };

    /** @param allowed from now on */
    public Deadline(Duration allowed) {
        this.allowed = allowed;
    }

    /** @throws UnavailableException if the deadline has passed, or the caller has gone */
    public void check() {
        if (isAbandoned()) {
            throw callerGone();
        }
        if (nanosLeft() <= 0) {
            throw passed();
        }
    }

    /** Says that the caller has gone. */
    public void abandon() {
        Runnable stop;
        synchronized (this) {
            abandoned = true;
            stop = onAbandoned;
        }
        stop.run();
    }

    private synchronized boolean isAbandoned() {
        return abandoned;
    }

    /** Runs something when the caller goes, at once if it has gone; takes the place of what was to run before. */
    void whenAbandoned(Runnable stop) {
        boolean already;
        synchronized (this) {
            onAbandoned = stop;
            already = abandoned;
        }
        if (already) {
            stop.run();
        }
    }

    /** What is left of the time; below 0 if it has passed. */
    public Duration left() {
        return Duration.ofNanos(nanosLeft());
    }

    long nanosLeft() {
        return allowed.toNanos() - (System.nanoTime() - start);
    }

    UnavailableException passed() {
        return new UnavailableException(Reason.DEADLINE_EXCEEDED,
                Text.format("not answered within %d ms; ask again, or for fewer texts", allowed.toMillis()));
    }

    static UnavailableException callerGone() {
        return new UnavailableException(Reason.ABANDONED, "the caller has gone");
    }
}
