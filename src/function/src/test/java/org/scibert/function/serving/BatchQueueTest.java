package org.scibert.function.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.scibert.text.Encoding;

class BatchQueueTest {
    static final int BATCH_TOKENS = 256;

    private final CountingModel network = new CountingModel(true);

    static Encoding text(int length, int id) {
        int[] ids = new int[length];
        ids[1] = id;
        return new Encoding(ids, length);
    }

    @Test
    void aLongTextThatIsAloneTakesAllCoresAndAShortOneOne() {
        assertThat(coresOf(BatchQueue.WIDE_TOKENS)).isEqualTo(4);
        assertThat(coresOf(BatchQueue.WIDE_TOKENS - 1)).isEqualTo(1);
        BatchQueue queue = new BatchQueue(settings(2));
        BatchQueue.Pass alone = take(queue, text(200, 0));
        assertThat(alone.cores()).isEqualTo(2);
        queue.add(call(settings(2), text(200, 1)));
        alone.run();
        queue.end(alone, 1000);
        BatchQueue.Pass waited = queue.take(0);
        assertThat(waited.cores()).as("it has waited for another").isEqualTo(1);
        waited.run();
        queue.end(waited, 1000);
        for (int i = 2; i < 4; i++) {
            queue.add(call(settings(2), text(200, i)));
        }
        assertThat(queue.take(0).cores()).as("as many texts as cores").isEqualTo(1);
        assertThat(queue.take(1).cores()).isEqualTo(1);
    }

    private int coresOf(int length) {
        return take(new BatchQueue(settings(4)), text(length, 0)).cores();
    }

    private BatchQueue.Pass take(BatchQueue queue, Encoding text) {
        queue.add(call(settings(1), text));
        return queue.take(0);
    }

    @Test
    void itIsFullForWhoWouldWaitPastTheDeadline() {
        BatchSettings settings = settings(2);
        BatchQueue queue = new BatchQueue(settings);
        queue.add(call(settings, text(10, 0)));
        BatchQueue.Pass pass = queue.take(0);
        pass.run();
        queue.end(pass, 10_000_000_000L); // a second for each token
        queue.add(call(settings, text(10, 1), text(10, 2)));

        // Twenty tokens wait, for two cores.
        assertThat(queue.isFull(9_000_000_000L)).isTrue();
        assertThat(queue.isFull(11_000_000_000L)).isFalse();
    }

    @Test
    void asManyTextsWaitAsMay() {
        BatchSettings settings = new BatchSettings(1, BATCH_TOKENS, 2);
        BatchQueue queue = new BatchQueue(settings);
        assertThat(queue.isFull(1)).isFalse();
        queue.add(call(settings, text(10, 0), text(10, 1)));
        assertThat(queue.isFull(Long.MAX_VALUE)).isTrue();
        queue.take(0);
        assertThat(queue.isFull(1)).isFalse();
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
        BatchQueue queue = new BatchQueue(settings);
        List<BatchCall> calls = Stream.of(12, 13, 14)
                .map(id -> new BatchCall(failing, List.of(text(10, id)), () -> { }, settings)).toList();
        calls.forEach(call -> queue.add(call));
        BatchQueue.Pass pass = queue.take(0);
        assertThat(pass.calls()).hasSize(3);
        pass.run();

        assertThat(calls.get(0).answer().join().get(0)).containsExactly(12);
        assertThatThrownBy(() -> calls.get(1).answer().get()).isInstanceOf(ExecutionException.class)
                .hasMessageContaining("13");
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

    private BatchCall call(BatchSettings settings, Encoding... texts) {
        return new BatchCall(network, List.of(texts), () -> { }, settings);
    }

    private static BatchSettings settings(int cores) {
        return new BatchSettings(cores, BATCH_TOKENS, 10_000);
    }
}
