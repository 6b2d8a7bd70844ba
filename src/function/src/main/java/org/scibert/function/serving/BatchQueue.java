package org.scibert.function.serving;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.scibert.classifier.Classifier;
import org.scibert.function.telemetry.Meters;
import org.scibert.network.Threads;
import org.scibert.text.Encoding;

/**
 * The queue in front of the network. Waiting texts of like length share a forward pass, whatever requests they are of; a
 * text that finds a core free is read at once. Requests take turns, so that one of many texts does not keep the others
 * waiting, and each turn is a {@link BatchCall.Group} of its texts.
 *
 * <p>The passes run on lanes: threads of this class, one for each core. A pass takes one core, which wastes nothing on
 * threads that wait for each other; a long text that is alone takes them all, on the first lane, whose OpenMP team is the
 * only one: two teams would be in each other's way.
 */
@Singleton
public final class BatchQueue {
    /** Tokens from which a text that is alone is read faster by all cores than by one. */
    static final int WIDE_TOKENS = 64;
    /** The weight of the last pass in the time for a token. */
    private static final double NEWEST = 0.1;

    private final BatchSettings settings;
    private final IntConsumer useThreads;
    private final Meters meters;
    private final Function<Runnable, Thread> threads;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition[] wake;
    private final boolean[] asleep;
    private final Deque<BatchCall> calls = new ArrayDeque<>();
    private int lanes;
    private int freeCores;
    private int waitingTexts;
    private long waitingTokens;
    /** Of one core; 0 before the first pass. */
    private double nanosPerToken;
    private boolean closed;

    @Inject
    public BatchQueue(BatchSettings settings, Meters meters) {
        this(settings, meters, Threads::use, Thread::new);
    }

    /**
     * A queue whose passes need not be libtorch's.
     *
     * @param useThreads called on a lane with the number of cores that its next pass takes
     * @param threads makes the lanes
     */
    BatchQueue(BatchSettings settings, Meters meters, IntConsumer useThreads, Function<Runnable, Thread> threads) {
        this.settings = settings;
        this.useThreads = useThreads;
        this.meters = meters;
        this.threads = threads;
        this.freeCores = settings.cores();
        this.asleep = new boolean[settings.cores()];
        this.wake = new Condition[settings.cores()];
        for (int lane = 0; lane < wake.length; lane++) {
            wake[lane] = lock.newCondition();
        }
        meters.watchQueue(this::waitingTexts);
    }

    /** One forward pass: a group of each call in it. */
    record Pass(List<BatchCall> calls, List<BatchCall.Group> groups, int cores) {
        private List<Encoding> encodings() {
            List<Encoding> encodings = new ArrayList<>();
            for (int i = 0; i < calls.size(); i++) {
                encodings.addAll(calls.get(i).encodings(groups.get(i)));
            }
            return encodings;
        }
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
            return refuses(time.toNanos());
        } finally {
            lock.unlock();
        }
    }

    private boolean refuses(long nanos) {
        return waitingTexts >= settings.queueTexts() || waitingTokens * nanosPerToken / settings.cores() > nanos;
    }

    void add(BatchCall call, Deadline deadline) {
        lock.lock();
        try {
            if (closed) {
                throw Admission.shuttingDown();
            }
            if (refuses(deadline.nanosLeft())) {
                throw Admission.overloaded();
            }
            call.waitsForOthers(freeCores < settings.cores() || !calls.isEmpty());
            calls.add(call);
            count(call, 1);
            wakeLane();
        } finally {
            lock.unlock();
        }
    }

    UnavailableException drop(BatchCall call, UnavailableException reason) {
        lock.lock();
        try {
            remove(call);
        } finally {
            lock.unlock();
        }
        call.answer().completeExceptionally(reason);
        return reason;
    }

    private void remove(BatchCall call) {
        if (calls.remove(call)) {
            count(call, -1);
        }
    }

    private void count(BatchCall call, int sign) {
        call.groups().forEach(group -> count(group, sign));
    }

    private void count(BatchCall.Group group, int sign) {
        waitingTexts += sign * group.rows();
        waitingTokens += sign * group.tokens();
    }

    /** The lanes of low numbers first, so that a call that is alone finds the first one, which may take all cores. */
    private void wakeLane() {
        if (calls.isEmpty() || freeCores == 0) {
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
        for (Pass pass = next(lane); pass != null; pass = next(lane)) {
            long start = System.nanoTime();
            run(pass);
            end(pass, System.nanoTime() - start);
        }
    }

    /** Waits for the next pass; null if there will be none. */
    private Pass next(int lane) {
        lock.lock();
        try {
            Pass pass = take(lane);
            while (pass == null) {
                if (closed && calls.isEmpty()) {
                    return null;
                }
                asleep[lane] = true;
                wake[lane].awaitUninterruptibly();
                pass = take(lane);
            }
            asleep[lane] = false;
            wakeLane();
            return pass;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the texts whose turn it is, and others that may share the pass; null if there are none, or no core is free. */
    Pass take(int lane) {
        BatchCall first = freeCores == 0 ? null : first();
        if (first == null) {
            return null;
        }
        BatchCall.Group head = first.groups().peek();
        // Who had to wait for others will meet them again: two that take all cores in turns are slower than side by side.
        int texts = waitingTexts + (first.waitedForOthers() ? 1 : 0);
        boolean wide = lane == 0 && freeCores == settings.cores() && texts < settings.cores()
                && head.longest() >= WIDE_TOKENS;
        int rows = wide ? waitingTexts : (waitingTexts + freeCores - 1) / freeCores; // what is left for the other cores
        Pass pass = new Pass(new ArrayList<>(), new ArrayList<>(), wide ? freeCores : 1);
        calls.remove();
        take(first, pass);
        if (!first.groups().isEmpty()) {
            calls.add(first);
        }
        if (first.model().rowsAreIndependent()) {
            fill(pass, first, head, Math.min(rows, Classifier.BATCH_ROWS));
        }
        freeCores -= pass.cores;
        return pass;
    }

    /** The call whose turn it is; those that nobody waits for any more are dropped on the way. */
    private BatchCall first() {
        for (BatchCall call = calls.peek(); call != null; call = calls.peek()) {
            if (call.isWanted()) {
                return call;
            }
            remove(call);
        }
        return null;
    }

    private void fill(Pass pass, BatchCall first, BatchCall.Group head, int mostRows) {
        int rows = head.rows();
        int longest = head.longest();
        for (Iterator<BatchCall> others = calls.iterator(); others.hasNext() && rows < mostRows; ) {
            BatchCall other = others.next();
            BatchCall.Group group = other.groups().peek();
            int columns = Math.max(longest, group.longest());
            if (other == first || other.model() != first.model() || !group.isLike(head) || rows + group.rows() > mostRows
                    || (rows + group.rows()) * columns > settings.batchTokens() || !other.isWanted()) {
                continue; // one that nobody waits for is dropped when it has its turn
            }
            take(other, pass);
            if (other.groups().isEmpty()) {
                others.remove();
            }
            rows += group.rows();
            longest = columns;
        }
    }

    private void take(BatchCall call, Pass pass) {
        BatchCall.Group group = call.groups().remove();
        count(group, -1);
        pass.calls.add(call);
        pass.groups.add(group);
        meters.waited(group.rows(), call.nanosSinceAdded());
    }

    /** Answers the calls of a pass; its failure is theirs. */
    void run(Pass pass) {
        run(pass.cores, pass.calls, pass.groups, pass.encodings());
    }

    /** A pass that fails is run again group by group: a call fails by its own texts only. */
    private void run(int cores, List<BatchCall> calls, List<BatchCall.Group> groups, List<Encoding> encodings) {
        List<float[]> logits;
        try {
            useThreads.accept(cores);
            logits = calls.get(0).model().logits(encodings, () -> { });
        } catch (RuntimeException | Error e) {
            if (calls.size() == 1) {
                calls.get(0).answer().completeExceptionally(e);
                return;
            }
            for (int i = 0; i < calls.size(); i++) {
                run(cores, calls.subList(i, i + 1), groups.subList(i, i + 1), calls.get(i).encodings(groups.get(i)));
            }
            return;
        }
        int next = 0;
        for (int i = 0; i < calls.size(); i++) {
            int rows = groups.get(i).rows();
            calls.get(i).put(groups.get(i), logits.subList(next, next + rows));
            next += rows;
        }
    }

    void end(Pass pass, long nanos) {
        int rows = pass.groups.stream().mapToInt(BatchCall.Group::rows).sum();
        int tokens = pass.groups.stream().mapToInt(BatchCall.Group::tokens).sum();
        meters.batch(rows, tokens);
        lock.lock();
        try {
            freeCores += pass.cores;
            double last = (double) nanos * pass.cores / tokens;
            nanosPerToken = nanosPerToken == 0 ? last : nanosPerToken + NEWEST * (last - nanosPerToken);
        } finally {
            lock.unlock();
        }
    }

    /** Texts that wait for a pass. */
    int waitingTexts() {
        lock.lock();
        try {
            return waitingTexts;
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
