package org.scibert.function.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scibert.classifier.Classifier;
import org.scibert.decision.Task;
import org.scibert.function.telemetry.Meters;
import org.scibert.text.Encoding;

class BatchQueueTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int BATCH_TOKENS = 256;
    private static final int[] LENGTHS = {3, 4, 11, 12, 30, 63, 64, 70, 200, 300};

    private final Network network = new Network(true);

    /** A network that gives each text its second id, and counts the texts by it. */
    private static class Network extends FakeModel {
        private final boolean rowsAreIndependent;
        final List<Integer> passes = new ArrayList<>();
        final Map<Integer, Integer> reads = new HashMap<>();

        Network(boolean rowsAreIndependent) {
            super(Task.BINARY, List.of("no", "yes"));
            this.rowsAreIndependent = rowsAreIndependent;
        }

        @Override
        public synchronized List<float[]> logits(List<Encoding> encodings, Runnable beforeBatch) {
            passes.add(encodings.size());
            encodings.forEach(e -> reads.merge(e.inputIds()[1], 1, Integer::sum));
            return encodings.stream().map(e -> new float[] {e.inputIds()[1]}).toList();
        }

        @Override
        public boolean rowsAreIndependent() {
            return rowsAreIndependent;
        }
    }

    /** A call, and what has become of it. */
    private static final class Asked {
        final List<Encoding> texts;
        final BatchCall call;
        final int callsBefore;
        boolean gone;
        boolean begun;
        int turns;

        Asked(Model model, List<Encoding> texts, BatchSettings settings, int callsBefore) {
            this.texts = texts;
            this.callsBefore = callsBefore;
            this.call = new BatchCall(model, texts, () -> {
                if (gone) {
                    throw Deadline.callerGone();
                }
            }, settings);
        }

        boolean waits() {
            return !call.groups().isEmpty() && !call.answer().isDone();
        }
    }

    /** The lanes are the test's: what a number says is done, so that each run of a program is the same. */
    @Property(seed = "7", tries = 400)
    void eachTextIsReadOnceAndAnsweredInItsPlaceWhateverHappens(
            @ForAll @IntRange(min = 1, max = 4) int cores,
            @ForAll @Size(max = 60) List<@IntRange(max = 99_999) Integer> program) throws Exception {
        BatchSettings settings = new BatchSettings(cores, BATCH_TOKENS, 10_000);
        BatchQueue queue = queue(settings);
        List<Network> models = List.of(new Network(true), new Network(true), new Network(false));
        List<Asked> all = new ArrayList<>();
        Map<Integer, BatchQueue.Pass> running = new HashMap<>(); // by lane
        for (int step : program) {
            int choice = step / 10;
            switch (step % 10) {
                case 0, 1, 2, 3 -> {
                    int before = (int) all.stream().filter(Asked::waits).count();
                    Asked asked = new Asked(models.get(choice % 3), texts(choice, all.size()), settings, before);
                    queue.add(asked.call, new Deadline(MINUTE));
                    all.add(asked);
                }
                case 4, 5, 6 -> take(queue, settings, running, all);
                case 7, 8 -> end(queue, running, choice);
                default -> {
                    if (!all.isEmpty()) {
                        leave(queue, all.get(choice % all.size()), choice % 2 == 0);
                    }
                }
            }
            assertThat(queue.waitingTexts()).isNotNegative();
        }
        while (!running.isEmpty() || all.stream().anyMatch(Asked::waits)) {
            take(queue, settings, running, all);
            end(queue, running, 0);
        }

        assertThat(queue.waitingTexts()).isZero();
        Map<Integer, Integer> reads = new HashMap<>();
        models.forEach(model -> reads.putAll(model.reads));
        assertThat(reads.values()).allMatch(times -> times == 1);
        for (Asked asked : all) {
            assertThat(asked.call.answer()).isDone();
            if (!asked.call.answer().isCompletedExceptionally()) {
                assertThat(asked.call.answer().get().stream().map(row -> (int) row[0]))
                        .isEqualTo(asked.texts.stream().map(text -> text.inputIds()[1]).toList());
            } else {
                assertThat(asked.gone).isTrue();
            }
        }
    }

    private static void take(
            BatchQueue queue, BatchSettings settings, Map<Integer, BatchQueue.Pass> running, List<Asked> all) {
        int lane = 0;
        while (running.containsKey(lane)) {
            lane++;
        }
        int busy = running.values().stream().mapToInt(BatchQueue.Pass::cores).sum();
        List<Asked> waited = all.stream().filter(asked -> asked.waits() && !asked.begun && !asked.gone).toList();
        BatchQueue.Pass pass = lane == settings.cores() ? null : queue.take(lane);
        if (pass == null) {
            assertThat(busy == settings.cores() || all.stream().noneMatch(asked -> asked.waits() && !asked.gone))
                    .as("no core is idle while a text waits").isTrue();
            return;
        }
        running.put(lane, pass);
        assertThat(busy + pass.cores()).isLessThanOrEqualTo(settings.cores());
        assertThat(new TreeSet<>(pass.calls().stream().map(System::identityHashCode).toList())).hasSameSizeAs(pass.calls());
        int rows = pass.groups().stream().mapToInt(BatchCall.Group::rows).sum();
        int longest = pass.groups().stream().mapToInt(BatchCall.Group::longest).max().orElseThrow();
        assertThat(rows).isBetween(1, Classifier.BATCH_ROWS);
        Model model = pass.calls().get(0).model();
        assertThat(pass.calls()).allMatch(call -> call.model() == model);
        if (model.rowsAreIndependent()) {
            assertThat(rows == 1 || rows * longest <= BATCH_TOKENS).as("within the budget").isTrue();
        } else {
            assertThat(pass.calls()).as("a network whose rows depend on each other").hasSize(1);
        }
        for (Asked asked : all) {
            boolean read = pass.calls().contains(asked.call);
            assertThat(read && asked.gone).as("nobody waits for it").isFalse();
            asked.begun |= read;
        }
        for (Asked asked : waited) {
            assertThat(++asked.turns).as("turns until the first").isLessThanOrEqualTo(asked.callsBefore + 1);
        }
    }

    private static void end(BatchQueue queue, Map<Integer, BatchQueue.Pass> running, int choice) {
        if (!running.isEmpty()) {
            Integer lane = List.copyOf(running.keySet()).get(choice % running.size());
            BatchQueue.Pass pass = running.remove(lane);
            queue.run(pass);
            queue.end(pass, 1000);
        }
    }

    /** @param told whether the queue hears of it, or finds out when the call has its turn */
    private static void leave(BatchQueue queue, Asked asked, boolean told) {
        asked.gone |= !asked.call.answer().isDone();
        if (told && asked.gone) {
            queue.drop(asked.call, Deadline.callerGone());
        }
    }

    /** One to twenty texts, each with an id of its own. */
    private static List<Encoding> texts(int choice, int call) {
        List<Encoding> texts = new ArrayList<>();
        for (int i = 0; i <= choice % 20; i++) {
            texts.add(text(LENGTHS[(choice / 20 + i * (choice % 7)) % LENGTHS.length], call * 100 + i));
        }
        return texts;
    }

    private static Encoding text(int length, int id) {
        int[] ids = new int[length];
        ids[1] = id;
        return new Encoding(ids, length);
    }

    @Test
    @Timeout(30)
    void textsThatWaitAreReadTogetherAndOneThatIsAloneAtOnce() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(1);
        Network slow = new Network(true) {
            @Override
            public List<float[]> logits(List<Encoding> encodings, Runnable beforeBatch) {
                begun.countDown();
                awaited(all);
                return super.logits(encodings, beforeBatch);
            }
        };
        BatchQueue queue = new BatchQueue(settings(1), meters(), cores -> { }, Thread::new);
        List<CompletableFuture<Float>> answers = new ArrayList<>(List.of(ask(queue, slow, 10, 0)));
        awaited(begun);
        for (int i = 1; i <= 5; i++) {
            answers.add(ask(queue, slow, 10 + i, i));
        }
        while (queue.waitingTexts() < 5) {
            Thread.onSpinWait();
        }
        all.countDown();

        assertThat(answers.stream().map(CompletableFuture::join)).containsExactly(0f, 1f, 2f, 3f, 4f, 5f);
        assertThat(slow.passes).containsExactly(1, 5);
        queue.close();
        assertThatThrownBy(() -> ask(queue, slow, 10, 0).join()).hasCauseInstanceOf(UnavailableException.class);
    }

    @Test
    void aLongTextThatIsAloneTakesAllCoresAndAShortOneOne() {
        assertThat(coresOf(BatchQueue.WIDE_TOKENS)).isEqualTo(4);
        assertThat(coresOf(BatchQueue.WIDE_TOKENS - 1)).isEqualTo(1);
        BatchQueue queue = queue(settings(2));
        BatchQueue.Pass alone = take(queue, text(200, 0));
        assertThat(alone.cores()).isEqualTo(2);
        queue.add(call(settings(2), text(200, 1)), new Deadline(MINUTE));
        queue.run(alone);
        queue.end(alone, 1000);
        BatchQueue.Pass waited = queue.take(0);
        assertThat(waited.cores()).as("it has waited for another").isEqualTo(1);
        queue.run(waited);
        queue.end(waited, 1000);
        for (int i = 2; i < 4; i++) {
            queue.add(call(settings(2), text(200, i)), new Deadline(MINUTE));
        }
        assertThat(queue.take(0).cores()).as("as many texts as cores").isEqualTo(1);
        assertThat(queue.take(1).cores()).isEqualTo(1);
    }

    private int coresOf(int length) {
        return take(queue(settings(4)), text(length, 0)).cores();
    }

    private BatchQueue.Pass take(BatchQueue queue, Encoding text) {
        queue.add(call(settings(1), text), new Deadline(MINUTE));
        return queue.take(0);
    }

    @Test
    void whoWouldWaitPastTheDeadlineIsRefused() {
        BatchSettings settings = settings(2);
        BatchQueue queue = queue(settings);
        queue.add(call(settings, text(10, 0)), new Deadline(MINUTE));
        BatchQueue.Pass pass = queue.take(0);
        queue.run(pass);
        queue.end(pass, 10_000_000_000L); // a second for each token
        queue.add(call(settings, text(10, 1), text(10, 2)), new Deadline(MINUTE));

        // Twenty tokens wait, for two cores.
        assertThat(queue.isFull(Duration.ofSeconds(9))).isTrue();
        assertThat(queue.isFull(Duration.ofSeconds(11))).isFalse();
        assertThatThrownBy(() -> queue.add(call(settings, text(10, 3)), new Deadline(Duration.ofSeconds(9))))
                .isInstanceOfSatisfying(UnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(UnavailableException.Reason.OVERLOADED));
        queue.add(call(settings, text(10, 3)), new Deadline(MINUTE));
    }

    @Test
    void asManyTextsWaitAsMay() {
        BatchSettings settings = new BatchSettings(1, BATCH_TOKENS, 2);
        BatchQueue queue = queue(settings);
        queue.add(call(settings, text(10, 0), text(10, 1), text(10, 2)), new Deadline(MINUTE));

        assertThat(queue.isFull(MINUTE)).isTrue();
        assertThatThrownBy(() -> queue.add(call(settings, text(10, 3)), new Deadline(MINUTE)))
                .hasMessageContaining("too many requests");
    }

    @Test
    void aTextThatTheNetworkFailsForFailsItsOwnRequestOnly() {
        Network failing = new Network(true) {
            @Override
            public List<float[]> logits(List<Encoding> encodings, Runnable beforeBatch) {
                if (encodings.stream().anyMatch(e -> e.inputIds()[1] == 13)) {
                    throw new IllegalStateException("13");
                }
                return super.logits(encodings, beforeBatch);
            }
        };
        BatchSettings settings = settings(1);
        BatchQueue queue = queue(settings);
        List<BatchCall> calls = Stream.of(12, 13, 14)
                .map(id -> new BatchCall(failing, List.of(text(10, id)), () -> { }, settings)).toList();
        calls.forEach(call -> queue.add(call, new Deadline(MINUTE)));
        BatchQueue.Pass pass = queue.take(0);
        assertThat(pass.calls()).hasSize(3);
        queue.run(pass);

        assertThat(calls.get(0).answer().join().get(0)).containsExactly(12);
        assertThatThrownBy(() -> calls.get(1).answer().get()).isInstanceOf(ExecutionException.class).hasMessageContaining("13");
        assertThat(calls.get(2).answer().join().get(0)).containsExactly(14);
    }

    /** Releases before 0.2 in int8 answer as they did: texts of one request, sorted by length, sixteen at a time. */
    @Test
    void aNetworkWhoseRowsDependOnEachOtherReadsThemAsItAlwaysDid() {
        List<Encoding> texts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            texts.add(text(3 + i * 7 % 40 * 12, i));
        }
        BatchCall call = new BatchCall(new Network(false), texts, () -> { }, settings(4));

        assertThat(call.groups()).extracting(BatchCall.Group::rows).containsExactly(16, 16, 8);
        assertThat(call.groups().stream().flatMapToInt(group -> Arrays.stream(group.places()))
                .map(place -> texts.get(place).used())).isSorted().hasSize(40);
    }

    private static CompletableFuture<Float> ask(BatchQueue queue, Model model, int length, int id) {
        return CompletableFuture.supplyAsync(() -> queue.logits(
                model, Collections.singletonList(text(length, id)), new Deadline(MINUTE), () -> { }).get(0)[0],
                command -> new Thread(command).start());
    }

    private BatchCall call(BatchSettings settings, Encoding... texts) {
        return new BatchCall(network, List.of(texts), () -> { }, settings);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BatchSettings settings(int cores) {
        return new BatchSettings(cores, BATCH_TOKENS, 10_000);
    }

    private static Meters meters() {
        return new Meters(new SimpleMeterRegistry());
    }

    /** A queue whose lanes do nothing: the test takes and runs the passes. */
    private static BatchQueue queue(BatchSettings settings) {
        return new BatchQueue(settings, meters(), cores -> { }, lane -> new Thread());
    }
}
