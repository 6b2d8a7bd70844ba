package org.scibert.function.serving;

import io.opentelemetry.context.Context;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.scibert.function.serving.UnavailableException.Reason;
import org.scibert.function.telemetry.Meters;
import org.scibert.io.Text;

/**
 * Lets a fixed number of requests work at a time and a fixed number wait; further ones are refused at once instead of
 * being answered too late.
 *
 * <p>The work is done on this class's own threads, always the same few: libtorch keeps a team of threads for each
 * thread that calls it.
 */
@Singleton
public final class Admission {
    private final Semaphore places;
    private final ThreadPoolExecutor threads;

    @Inject
    public Admission(ServingLimits limits, Meters meters) {
        int working = limits.concurrentRequests();
        this.places = new Semaphore(working + limits.queuedRequests());
        this.threads = new ThreadPoolExecutor(
                working, working, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Admission::thread);
        meters.watch(this::working, this::waiting);
    }

    /**
     * The time by which one request must have its answer, which begins when this object is made; and whether its caller
     * still waits. The work looks at it between batches, so that no work is done for nobody.
     */
    public static final class Deadline {
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

        private void whenAbandoned(Runnable stop) {
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

        private long nanosLeft() {
            return allowed.toNanos() - (System.nanoTime() - start);
        }

        private UnavailableException passed() {
            return new UnavailableException(Reason.DEADLINE_EXCEEDED,
                    Text.format("not answered within %d ms; ask again, or for fewer texts", allowed.toMillis()));
        }

        private static UnavailableException callerGone() {
            return new UnavailableException(Reason.ABANDONED, "the caller has gone");
        }
    }

    /** Whether a request would be refused now. */
    public boolean isFull() {
        return places.availablePermits() == 0;
    }

    /** The refusal of a request for which there is no place. */
    public static UnavailableException overloaded() {
        return new UnavailableException(Reason.OVERLOADED, "too many requests at once; ask again in a moment");
    }

    /** One of the places, held by a request from its admission on and given back once. */
    private final class Place {
        private final AtomicBoolean held = new AtomicBoolean(true);

        void giveBack() {
            if (held.compareAndSet(true, false)) {
                places.release();
            }
        }
    }

    /** The work for one request; it holds a place until it has ended or will never begin. */
    private final class Task<T> extends FutureTask<T> {
        private final Place place;

        Task(Place place, Deadline deadline, Supplier<T> work) {
            super(() -> {
                try {
                    deadline.check();
                    return work.get();
                } finally {
                    // Before the caller has its answer: it may ask again at once.
                    place.giveBack();
                }
            });
            this.place = place;
        }

        /** Work that was dropped before it began ends here. */
        @Override
        public void run() {
            super.run();
            place.giveBack();
        }

        /** Work that has begun goes on until it looks at its deadline; work that hasn't never begins. */
        void drop() {
            cancel(false);
            if (threads.remove(this)) {
                place.giveBack();
            }
        }
    }

    /**
     * Does the work on a thread of this class and waits for it until the deadline.
     *
     * @throws UnavailableException if the deadline passes, the caller goes, or too many requests wait already
     */
    public <T> T run(Deadline deadline, Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw overloaded();
        }
        Place place = new Place();
        Task<T> task = new Task<>(place, deadline, Context.current().wrapSupplier(work));
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            place.giveBack();
            throw shuttingDown();
        }
        deadline.whenAbandoned(task::drop);
        try {
            return task.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.drop();
            throw deadline.passed();
        } catch (CancellationException e) {
            throw Deadline.callerGone();
        } catch (InterruptedException e) {
            task.drop();
            Thread.currentThread().interrupt();
            throw shuttingDown();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static UnavailableException shuttingDown() {
        return new UnavailableException(Reason.NOT_READY, "the function is shutting down; ask again in a moment");
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
