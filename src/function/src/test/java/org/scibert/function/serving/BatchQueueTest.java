package org.scibert.function.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scibert.function.telemetry.Meters;
import org.scibert.text.Encoding;

class BatchQueueTest {
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final int BATCH_TOKENS = 256;

    private final CountingModel network = new CountingModel(true);

    static Encoding text(int length, int id) {
        int[] ids = new int[length];
        ids[1] = id;
        return new Encoding(ids, length);
    }

    @Test
    @Timeout(30)
    void textsThatWaitAreReadTogetherAndOneThatIsAloneAtOnce() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(1);
        CountingModel slow = new CountingModel(true) {
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
        CountingModel failing = new CountingModel(true) {
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
        BatchCall call = new BatchCall(new CountingModel(false), texts, () -> { }, settings(4));

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

    static Meters meters() {
        return new Meters(new SimpleMeterRegistry());
    }

    /** A queue whose lanes do nothing: the test takes and runs the passes. */
    static BatchQueue queue(BatchSettings settings) {
        return new BatchQueue(settings, meters(), cores -> { }, lane -> new Thread());
    }
}
