package org.scibert.function.serving;

import java.time.Duration;

/** The time by which one request must have its answer. */
public final class Deadline {
    private final Duration allowed;
    private final long start = System.nanoTime();

    /** @param allowed from now on */
    public Deadline(Duration allowed) {
        this.allowed = allowed;
    }

    /** @throws UnavailableException if the deadline has passed */
    public void check() {
        if (nanosLeft() <= 0) {
            throw passed();
        }
    }

    long nanosLeft() {
        return allowed.toNanos() - (System.nanoTime() - start);
    }

    UnavailableException passed() {
        return new UnavailableException(UnavailableException.Reason.DEADLINE_EXCEEDED,
                "not answered within %d ms; ask again, or for fewer texts".formatted(allowed.toMillis()));
    }
}
