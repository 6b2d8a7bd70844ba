package org.scibert.function.serving;

import io.opentelemetry.context.Context;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.scibert.function.serving.UnavailableException.Reason;
import org.scibert.function.telemetry.Meters;

/** Lets a fixed number of requests in at a time, which bounds the memory that they take, and refuses further ones. */
@Singleton
public final class Admission {
    private final int most;
    private final Semaphore places;
    private final ExecutorService explaining;

    @Inject
    public Admission(ServingLimits limits, Meters meters) {
        this.most = limits.concurrentRequests();
        this.places = new Semaphore(most);
        this.explaining = Executors.newFixedThreadPool(limits.concurrentExplanations(), Admission::thread);
        meters.watchRequests(this::working);
    }

    /** Whether a request would be refused now. */
    public boolean isFull() {
        return places.availablePermits() == 0;
    }

    /** The refusal of a request for which there is no place. */
    public static UnavailableException overloaded() {
        return new UnavailableException(Reason.OVERLOADED, "too many requests at once; ask again in a moment");
    }

    static UnavailableException shuttingDown() {
        return new UnavailableException(Reason.NOT_READY, "the function is shutting down; ask again in a moment");
    }

    /**
     * Does the work for a request on the thread of its caller.
     *
     * @throws UnavailableException if there is no place, or the deadline has passed
     */
    public <T> T run(Deadline deadline, Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw overloaded();
        }
        try {
            deadline.check();
            return work.get();
        } finally {
            places.release();
        }
    }

    /**
     * Does the work for an explanation on a thread kept for them and waits for it until the deadline. It takes one
     * core, so that classifying goes on beside it, and the thread stays the same: libtorch keeps memory for each that
     * calls it.
     *
     * @throws UnavailableException if there is no place, the deadline passes, or the caller goes
     */
    public <T> T explain(Deadline deadline, Supplier<T> work) {
        return run(deadline, () -> apart(deadline, work));
    }

    private <T> T apart(Deadline deadline, Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(Context.current().wrapSupplier(() -> {
            deadline.check();
            return work.get();
        })::get);
        try {
            explaining.execute(task);
            // What has begun goes on until it looks at its deadline; what hasn't never begins.
            deadline.whenAbandoned(() -> task.cancel(false));
            return task.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(false);
            throw deadline.passed();
        } catch (CancellationException e) {
            throw Deadline.callerGone();
        } catch (InterruptedException e) {
            task.cancel(false);
            Thread.currentThread().interrupt();
            throw shuttingDown();
        } catch (RejectedExecutionException e) {
            throw shuttingDown();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    /** Requests that are in work, those included whose texts wait for the network. */
    public int working() {
        return most - places.availablePermits();
    }

    @PreDestroy
    void close() {
        explaining.shutdown();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "explain");
        thread.setDaemon(true);
        return thread;
    }
}
