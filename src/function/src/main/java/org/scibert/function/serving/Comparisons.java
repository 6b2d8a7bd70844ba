package org.scibert.function.serving;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Has a second model read texts after their answer, on one thread of its own and for a bounded share of the time. What
 * would take more is left out, so that the callers behind hardly wait for it.
 */
@Singleton
final class Comparisons {
    /** Requests that may wait to be compared; each holds its texts. */
    private static final int QUEUED = 4;
    /** Time that may be saved up while nobody asks. */
    private static final long MOST_CREDIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final double budget;
    private final LongSupplier clock;
    private final Executor thread;
    private long credit = MOST_CREDIT_NANOS;
    private long lastLook;

    @Inject
    Comparisons(CandidateSettings settings) {
        this(settings.budget(), System::nanoTime, new ThreadPoolExecutor(
                0, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUED), Comparisons::thread));
    }

    /**
     * @param budget share of the time that the work may take
     * @param clock in nanoseconds
     * @param thread does the work, or rejects it
     */
    Comparisons(double budget, LongSupplier clock, Executor thread) {
        this.budget = budget;
        this.clock = clock;
        this.thread = thread;
        this.lastLook = clock.getAsLong();
    }

    /** Does the work soon, or returns false and never does it. */
    boolean offer(Runnable work) {
        if (!hasCredit()) {
            return false;
        }
        try {
            thread.execute(() -> {
                long start = clock.getAsLong();
                try {
                    work.run();
                } finally {
                    spend(clock.getAsLong() - start);
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private synchronized boolean hasCredit() {
        long now = clock.getAsLong();
        credit = Math.min(MOST_CREDIT_NANOS, credit + (long) (budget * (now - lastLook)));
        lastLook = now;
        return credit > 0;
    }

    private synchronized void spend(long nanos) {
        credit -= nanos;
    }

    @PreDestroy
    void close() {
        if (thread instanceof ThreadPoolExecutor own) {
            own.shutdownNow();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "candidate");
        thread.setDaemon(true);
        return thread;
    }
}
