package org.scibert.function.room;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Lets so many requests work at a time and so many wait; the rest are refused at once rather than answered too late. */
@Singleton
public final class Admission {
    private final int allPlaces;
    private final Semaphore places;
    private final Semaphore waitingOrWorking;
    private final Duration deadline;

    @Inject
    public Admission(Limits limits) {
        this.allPlaces = limits.concurrentRequests().orElse(2 * Runtime.getRuntime().availableProcessors());
        this.places = new Semaphore(allPlaces, true);
        this.waitingOrWorking = new Semaphore(allPlaces + limits.queuedRequests());
        this.deadline = limits.deadline();
    }

    /** When a request that is let in now must have its answer. */
    public static final class Deadline {
        private final Duration allowed;
        private final long start = System.nanoTime();

        private Deadline(Duration allowed) {
            this.allowed = allowed;
        }

        /** @throws Refusal if it has passed */
        void check() {
            if (nanosLeft() <= 0) {
                throw passed();
            }
        }

        private long nanosLeft() {
            return allowed.toNanos() - (System.nanoTime() - start);
        }

        private Refusal passed() {
            return new Refusal(Problem.DEADLINE_EXCEEDED,
                    "not answered within %s ms; ask again, or for fewer texts".formatted(allowed.toMillis()));
        }
    }

    /**
     * Does the work when a place is free.
     *
     * @throws Refusal if none becomes free in time, or too many wait already
     */
    <T> T admit(Function<Deadline, T> work) {
        if (!waitingOrWorking.tryAcquire()) {
            throw new Refusal(Problem.TOO_MANY_REQUESTS, "too many requests at once; ask again in a moment");
        }
        try {
            Deadline until = new Deadline(deadline);
            if (!await(until)) {
                throw until.passed();
            }
            try {
                return work.apply(until);
            } finally {
                places.release();
            }
        } finally {
            waitingOrWorking.release();
        }
    }

    /** Requests that are worked on. */
    public int working() {
        return allPlaces - places.availablePermits();
    }

    /** Requests that wait for a place. */
    public int waiting() {
        return places.getQueueLength();
    }

    private boolean await(Deadline until) {
        try {
            return places.tryAcquire(until.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(Problem.NOT_READY, "the function is shutting down; ask again in a moment");
        }
    }
}
