package org.scibert.function.serving;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.scibert.function.telemetry.Meters;
import org.scibert.network.Threads;
import org.scibert.text.Encoding;

/**
 * The threads that the network runs on, one for each core. A text that finds a core free is read at once, others wait
 * in the {@link BatchQueue}. A pass takes one core, which wastes nothing on threads that wait for each other; a long
 * text that is alone takes them all, on the first lane, whose OpenMP team is the only one: two teams would be in each
 * other's way.
 */
@Singleton
public final class Lanes {
    private final BatchSettings settings;
    private final BatchQueue queue;
    private final IntConsumer useThreads;
    private final Meters meters;
    private final Function<Runnable, Thread> threads;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition[] wake;
    private final boolean[] asleep;
    private int lanes;
    private boolean closed;

    @Inject
    public Lanes(BatchSettings settings, Meters meters) {
        this(settings, meters, Threads::use, Thread::new);
    }

    /**
     * Lanes whose passes need not be libtorch's.
     *
     * @param useThreads called on a lane with the number of cores that its next pass takes
     * @param threads makes the lanes
     */
    Lanes(BatchSettings settings, Meters meters, IntConsumer useThreads, Function<Runnable, Thread> threads) {
        this.settings = settings;
        this.queue = new BatchQueue(settings);
        this.useThreads = useThreads;
        this.meters = meters;
        this.threads = threads;
        this.asleep = new boolean[settings.cores()];
        this.wake = new Condition[settings.cores()];
        for (int lane = 0; lane < wake.length; lane++) {
            wake[lane] = lock.newCondition();
        }
        meters.watchQueue(this::waitingTexts);
    }

    /**
     * Returns the network's logits of each encoding, (C), in order.
     *
     * @param encodings none longer than {@link Model#maxTokens()}
     * @param check runs when texts have their turn, and soon; ends the call by an exception
     * @throws UnavailableException if the deadline passes or the caller goes, or if too many texts wait or would by the
     *     speed of the last passes keep these waiting past the deadline
     */
    public List<float[]> logits(Model model, List<Encoding> encodings, Deadline deadline, Runnable check) {
        if (encodings.isEmpty()) {
            return List.of();
        }
        check.run();
        BatchCall call = new BatchCall(model, encodings, check, settings);
        add(call, deadline);
        deadline.whenAbandoned(() -> drop(call, Deadline.callerGone()));
        try {
            return call.answer().get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw drop(call, deadline.passed());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw drop(call, Admission.shuttingDown());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            deadline.whenAbandoned(() -> { });
        }
    }

    /** Whether a call with this much time would be refused now. */
    public boolean isFull(Duration time) {
        lock.lock();
        try {
            return queue.isFull(time.toNanos());
        } finally {
            lock.unlock();
        }
    }

    private void add(BatchCall call, Deadline deadline) {
        lock.lock();
        try {
            if (closed) {
                throw Admission.shuttingDown();
            }
            if (queue.isFull(deadline.nanosLeft())) {
                throw Admission.overloaded();
            }
            queue.add(call);
            wakeLane();
        } finally {
            lock.unlock();
        }
    }

    private UnavailableException drop(BatchCall call, UnavailableException reason) {
        lock.lock();
        try {
            queue.remove(call);
        } finally {
            lock.unlock();
        }
        call.answer().completeExceptionally(reason);
        return reason;
    }

    /** The lanes of low numbers first, so that a call that is alone finds the first one, which may take all cores. */
    private void wakeLane() {
        if (!queue.hasNext()) {
            return;
        }
        for (int lane = 0; lane < asleep.length; lane++) {
            if (asleep[lane]) {
                asleep[lane] = false;
                wake[lane].signal();
                return;
            }
        }
        if (lanes < settings.cores()) {
            int lane = lanes++;
            Thread thread = threads.apply(() -> work(lane));
            thread.setName("lane-" + lane);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void work(int lane) {
        for (BatchQueue.Pass pass = next(lane); pass != null; pass = next(lane)) {
            for (int i = 0; i < pass.calls().size(); i++) {
                meters.waited(pass.groups().get(i).rows(), pass.calls().get(i).nanosSinceAdded());
            }
            long start = System.nanoTime();
            try {
                useThreads.accept(pass.cores());
                pass.run();
            } catch (RuntimeException | Error e) {
                pass.fail(e); // libtorch can't be loaded
            }
            end(pass, System.nanoTime() - start);
        }
    }

    /** Waits for the next pass; null if there will be none. */
    private BatchQueue.Pass next(int lane) {
        lock.lock();
        try {
            BatchQueue.Pass pass = queue.take(lane);
            while (pass == null) {
                if (closed && queue.isEmpty()) {
                    return null;
                }
                asleep[lane] = true;
                wake[lane].awaitUninterruptibly();
                pass = queue.take(lane);
            }
            asleep[lane] = false;
            wakeLane();
            return pass;
        } finally {
            lock.unlock();
        }
    }

    private void end(BatchQueue.Pass pass, long nanos) {
        meters.batch(pass.rows(), pass.tokens());
        lock.lock();
        try {
            queue.end(pass, nanos);
        } finally {
            lock.unlock();
        }
    }

    /** Texts that wait for a pass. */
    int waitingTexts() {
        lock.lock();
        try {
            return queue.waitingTexts();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the lanes end once no text waits. */
    @PreDestroy
    void close() {
        lock.lock();
        try {
            closed = true;
            Arrays.fill(asleep, false);
            for (Condition condition : wake) {
                condition.signal();
            }
        } finally {
            lock.unlock();
        }
    }
}
