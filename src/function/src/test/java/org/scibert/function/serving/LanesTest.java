package org.scibert.function.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scibert.function.telemetry.Meters;
import org.scibert.text.Encoding;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LanesTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountingModel slow = new CountingModel(true) {
        @Override
        public List<float[]> logits(List<Encoding> encodings, Runnable beforeBatch) {
            begun.countDown();
            awaited(goOn);
            return super.logits(encodings, beforeBatch);
        }
    };

    @Test
    void textsThatWaitAreReadTogetherAndOneThatIsAloneAtOnce() {
        Lanes lanes = lanes(1024);
        List<CompletableFuture<Float>> answers = new ArrayList<>(List.of(ask(lanes, 0)));
        awaited(begun);
        for (int i = 1; i <= 5; i++) {
            answers.add(ask(lanes, i));
        }
        awaitWaiting(lanes, 5);
        goOn.countDown();

        assertThat(answers.stream().map(CompletableFuture::join)).containsExactly(0f, 1f, 2f, 3f, 4f, 5f);
        assertThat(slow.passes).containsExactly(1, 5);
        assertThat(registry.find("classifier.queue").timer().count()).isEqualTo(6);
        assertThat(registry.find("classifier.queue.texts").gauge().value()).isZero();
        lanes.close();
        assertRefused(ask(lanes, 6), UnavailableException.Reason.NOT_READY);
    }

    @Test
    void whoComesWhileAsManyTextsWaitAsMayIsRefusedAndWhoGivesUpMakesRoom() {
        Lanes lanes = lanes(1);
        CompletableFuture<Float> first = ask(lanes, 0);
        awaited(begun);
        Deadline leaves = new Deadline(Duration.ofMinutes(1));
        CompletableFuture<Float> second = ask(lanes, leaves, 1);
        awaitWaiting(lanes, 1);
        assertThat(lanes.isFull(Duration.ofMinutes(1))).isTrue();
        assertRefused(ask(lanes, 2), UnavailableException.Reason.OVERLOADED);

        leaves.abandon();
        assertRefused(second, UnavailableException.Reason.ABANDONED);
        assertRefused(
                ask(lanes, new Deadline(Duration.ofMillis(20)), 3), UnavailableException.Reason.DEADLINE_EXCEEDED);
        CompletableFuture<Float> last = ask(lanes, 4);
        awaitWaiting(lanes, 1);
        goOn.countDown();

        assertThat(first.join()).isZero();
        assertThat(last.join()).isEqualTo(4);
        assertThat(slow.reads.keySet()).as("nothing is read for nobody").containsExactlyInAnyOrder(0, 4);
    }

    @Test
    void aLaneThatCannotComputeSaysSoToItsCallers() {
        Lanes lanes = new Lanes(new BatchSettings(1, 1024, 1024), new Meters(registry), cores -> {
            throw new UnsatisfiedLinkError("no libtorch");
        }, Thread::new);

        assertThatThrownBy(() -> ask(lanes, 0).join()).hasRootCauseMessage("no libtorch");
    }

    private Lanes lanes(int queueTexts) {
        return new Lanes(new BatchSettings(1, 1024, queueTexts), new Meters(registry), cores -> { }, Thread::new);
    }

    private CompletableFuture<Float> ask(Lanes lanes, int id) {
        return ask(lanes, new Deadline(Duration.ofMinutes(1)), id);
    }

    private CompletableFuture<Float> ask(Lanes lanes, Deadline deadline, int id) {
        return CompletableFuture.supplyAsync(
                () -> lanes.logits(slow, List.of(BatchQueueTest.text(10 + id, id)), deadline, deadline::check)
                        .get(0)[0],
                command -> new Thread(command).start());
    }

    private static void awaitWaiting(Lanes lanes, int texts) {
        while (lanes.waitingTexts() != texts) {
            Thread.onSpinWait();
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertRefused(CompletableFuture<?> answer, UnavailableException.Reason reason) {
        assertThatThrownBy(answer::join).cause().isInstanceOfSatisfying(
                UnavailableException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
