package org.scibert.function.serving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.scibert.classifier.Classifier;
import org.scibert.text.Encoding;

/**
 * Which texts share the next forward pass, and how many cores it takes. Waiting texts of like length go together,
 * whatever requests they are of; requests take turns, so that one of many texts does not keep the others waiting, and
 * each turn is a {@link BatchCall.Group} of its texts. For one thread at a time.
 */
final class BatchQueue {
    /** Tokens from which a text that is alone is read faster by all cores than by one. */
    static final int WIDE_TOKENS = 64;
    /** The weight of the last pass in the time for a token. */
    private static final double NEWEST = 0.1;

    private final BatchSettings settings;
    private final Deque<BatchCall> calls = new ArrayDeque<>();
    private int freeCores;
    private int waitingTexts;
    private long waitingTokens;
    /** Of one core; 0 before the first pass. */
    private double nanosPerToken;

    BatchQueue(BatchSettings settings) {
        this.settings = settings;
        this.freeCores = settings.cores();
    }

    /** One forward pass: a group of each call in it. */
    record Pass(List<BatchCall> calls, List<BatchCall.Group> groups, int cores) {
        /**
         * Has the model read the texts. If it fails, each group is read for itself: a call fails by its own texts only.
         */
        void run() {
            List<Encoding> encodings = new ArrayList<>();
            for (int i = 0; i < calls.size(); i++) {
                encodings.addAll(calls.get(i).encodings(groups.get(i)));
            }
            try {
                answer(calls.get(0).model().logits(encodings, () -> { }));
            } catch (RuntimeException | Error e) {
                if (calls.size() == 1) {
                    fail(e);
                    return;
                }
                for (int i = 0; i < calls.size(); i++) {
                    new Pass(calls.subList(i, i + 1), groups.subList(i, i + 1), cores).run();
                }
            }
        }

        private void answer(List<float[]> logits) {
            int next = 0;
            for (int i = 0; i < calls.size(); i++) {
                int rows = groups.get(i).rows();
                calls.get(i).put(groups.get(i), logits.subList(next, next + rows));
                next += rows;
            }
        }

        void fail(Throwable failure) {
            calls.forEach(call -> call.answer().completeExceptionally(failure));
        }

        int rows() {
            return groups.stream().mapToInt(BatchCall.Group::rows).sum();
        }

        /** Without padding. */
        int tokens() {
            return groups.stream().mapToInt(BatchCall.Group::tokens).sum();
        }
    }

    /** Whether nothing waits. */
    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** Whether something waits and there is a core for it. */
    boolean hasNext() {
        return !calls.isEmpty() && freeCores > 0;
    }

    /** Texts that wait. */
    int waitingTexts() {
        return waitingTexts;
    }

    /**
     * Whether too much waits for a call with this much time: as many texts as may, or more than will be read in it by
     * the speed of the last passes.
     */
    boolean isFull(long nanos) {
        return waitingTexts >= settings.queueTexts() || waitingTokens * nanosPerToken / settings.cores() > nanos;
    }

    void add(BatchCall call) {
        call.waitsForOthers(freeCores < settings.cores() || !calls.isEmpty());
        calls.add(call);
        count(call, 1);
    }

    /** Removes what waits of a call. */
    void remove(BatchCall call) {
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

    /**
     * Takes the texts whose turn it is, and others that may share the pass.
     *
     * @param lane that will run it; only the first, 0, is given all cores
     * @return null if there are none, or no core is free
     */
    Pass take(int lane) {
        BatchCall first = freeCores == 0 ? null : first();
        if (first == null) {
            return null;
        }
        BatchCall.Group head = first.groups().peek();
        // Who had to wait for others will meet them again: two that take all cores in turns are slower than side by
        // side.
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
            if (other == first || other.model() != first.model() || !group.isLike(head)
                    || rows + group.rows() > mostRows
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
    }

    /** Gives a pass's cores back. */
    void end(Pass pass, long nanos) {
        freeCores += pass.cores;
        double last = (double) nanos * pass.cores / pass.tokens();
        nanosPerToken = nanosPerToken == 0 ? last : nanosPerToken + NEWEST * (last - nanosPerToken);
    }
}
