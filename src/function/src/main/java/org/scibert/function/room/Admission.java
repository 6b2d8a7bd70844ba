package org.scibert.function.room;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Lets so many requests work at a time and so many wait; the rest are refused at once rather than answered too late.
 *
 * <p>The work is done on threads of its own, always the same few: libtorch keeps a team of threads for each that calls
 * it.
 */
@Singleton
public final class Admission {
    private final Semaphore workingOrWaiting;
    private final ThreadPoolExecutor threads;
    private final Duration deadline;

    @Inject
    public Admission(Limits limits) {
        int working = limits.concurrentRequests().orElse(2 * Runtime.getRuntime().availableProcessors());
        this.workingOrWaiting = new Semaphore(working + limits.queuedRequests());
        this.threads = new ThreadPoolExecutor(
                working, working, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Admission::thread);
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
                    "not answered within %d ms; ask again, or for fewer texts".formatted(allowed.toMillis()));
        }
    }

    /**
     * Has the work done and waits for it until the deadline, which the work itself looks at too: what nobody waits for
     * any more soon ends.
     *
     * @throws Refusal if the deadline passes, or too many wait already
     */
    <T> T admit(Function<Deadline, T> work) {
        if (!workingOrWaiting.tryAcquire()) {
            throw new Refusal(Problem.TOO_MANY_REQUESTS, "too many requests at once; ask again in a moment");
        }
        Deadline until = new Deadline(deadline);
        Future<T> answer = threads.submit(() -> {
            try {
                until.check();
                return work.apply(until);
            } finally {
                workingOrWaiting.release();
            }
        });
        try {
            return answer.get(until.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw until.passed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(Problem.NOT_READY, "the function is shutting down; ask again in a moment");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Requests that are worked on. */
    public int working() {
        return threads.getActiveCount();
    }

    /** Requests that wait for a thread. */
    public int waiting() {
        return threads.getQueue().size();
    }

    @PreDestroy
    void close() {
        threads.shutdown();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "model");
        thread.setDaemon(true);
        return thread;
    }
}
