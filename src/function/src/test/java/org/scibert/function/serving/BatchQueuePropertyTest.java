package org.scibert.function.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.scibert.classifier.Classifier;
import org.scibert.text.Encoding;

class BatchQueuePropertyTest {
    private static final int[] LENGTHS = {3, 4, 11, 12, 30, 63, 64, 70, 200, 300};

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
    @Property(seed = "7", tries = 200)
    void eachTextIsReadOnceAndAnsweredInItsPlaceWhateverHappens(
            @ForAll @IntRange(min = 1, max = 4) int cores,
            @ForAll @Size(max = 60) List<@IntRange(max = 99_999) Integer> program) throws Exception {
        BatchSettings settings = new BatchSettings(cores, BatchQueueTest.BATCH_TOKENS, 10_000);
        BatchQueue queue = new BatchQueue(settings);
        List<CountingModel> models =
                List.of(new CountingModel(true), new CountingModel(true), new CountingModel(false));
        List<Asked> all = new ArrayList<>();
        Map<Integer, BatchQueue.Pass> running = new HashMap<>(); // by lane
        for (int step : program) {
            int choice = step / 10;
            switch (step % 10) {
                case 0, 1, 2, 3 -> {
                    int before = (int) all.stream().filter(Asked::waits).count();
                    Asked asked = new Asked(models.get(choice % 3), texts(choice, all.size()), settings, before);
                    queue.add(asked.call);
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
        assertThat(new TreeSet<>(pass.calls().stream().map(System::identityHashCode).toList()))
                .hasSameSizeAs(pass.calls());
        int rows = pass.groups().stream().mapToInt(BatchCall.Group::rows).sum();
        int longest = pass.groups().stream().mapToInt(BatchCall.Group::longest).max().orElseThrow();
        assertThat(rows).isBetween(1, Classifier.BATCH_ROWS);
        Model model = pass.calls().get(0).model();
        assertThat(pass.calls()).allMatch(call -> call.model() == model);
        if (model.rowsAreIndependent()) {
            assertThat(rows == 1 || rows * longest <= BatchQueueTest.BATCH_TOKENS).as("within the budget").isTrue();
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
            pass.run();
            queue.end(pass, 1000);
        }
    }

    /** @param told whether the queue hears of it, or finds out when the call has its turn */
    private static void leave(BatchQueue queue, Asked asked, boolean told) {
        asked.gone |= !asked.call.answer().isDone();
        if (told && asked.gone) {
            queue.remove(asked.call);
            asked.call.answer().completeExceptionally(Deadline.callerGone());
        }
    }

    /** One to twenty texts, each with an id of its own. */
    private static List<Encoding> texts(int choice, int call) {
        List<Encoding> texts = new ArrayList<>();
        for (int i = 0; i <= choice % 20; i++) {
            texts.add(BatchQueueTest.text(LENGTHS[(choice / 20 + i * (choice % 7)) % LENGTHS.length], call * 100 + i));
        }
        return texts;
    }
}
