package org.scibert.function.serving;

import io.opentelemetry.context.Context;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.scibert.function.telemetry.Meters;

/**
 * Lets a fixed number of requests work at a time and a fixed number wait; further ones are refused at once instead of
 * being answered too late.
 *
 * <p>The work is done on this class's own threads, always the same few: libtorch keeps a team of threads for each
 * thread that calls it.
 */
@Singleton
public final class Admission {
    private final Semaphore workingOrWaiting;
    private final ThreadPoolExecutor threads;

    @Inject
    public Admission(ServingLimits limits, Meters meters) {
        int working = limits.concurrentRequests().orElse(2 * Runtime.getRuntime().availableProcessors());
        this.workingOrWaiting = new Semaphore(working + limits.queuedRequests());
        this.threads = new ThreadPoolExecutor(
                working, working, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Admission::thread);
        meters.watch(this::working, this::waiting);
    }

    /**
     * Does the work on a thread of this class and waits for it until the deadline. The work itself must look at the
     * deadline too, so that it ends soon after nobody waits for it any more.
     *
     * @throws UnavailableException if the deadline passes, or too many requests wait already
     */
    public <T> T run(Deadline deadline, Supplier<T> work) {
        if (!workingOrWaiting.tryAcquire()) {
            throw new UnavailableException(
                    UnavailableException.Reason.OVERLOADED, "too many requests at once; ask again in a moment");
        }
        Supplier<T> traced = Context.current().wrapSupplier(work);
        Future<T> result = threads.submit(() -> {
            try {
                deadline.check();
                return traced.get();
            } finally {
                workingOrWaiting.release();
            }
        });
        try {
            return result.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw deadline.passed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(UnavailableException.Reason.NOT_READY,
                    "the function is shutting down; ask again in a moment");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
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
