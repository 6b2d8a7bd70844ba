package org.scibert.function.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scibert.function.telemetry.Meters;

@Timeout(30)
class AdmissionTest {
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch done = new CountDownLatch(1);

    @AfterEach
    void letAllGo() throws InterruptedException {
        done.countDown();
        callers.shutdown();
        callers.awaitTermination(10, TimeUnit.SECONDS);
    }

    @Test
    void oneMoreThanWorkAndWaitIsRefusedAtOnce() throws Exception {
        Admission admission = admission(1, 1);
        occupy(admission);
        CompletableFuture<String> waiting =
                CompletableFuture.supplyAsync(() -> admission.run(soon(), () -> "waited"), callers);
        while (admission.waiting() == 0) {
            Thread.onSpinWait();
        }

        assertThat(admission.working()).isEqualTo(1);
        assertRefused(admission, soon(), UnavailableException.Reason.OVERLOADED);

        done.countDown();
        assertThat(waiting.get()).isEqualTo("waited");
        assertThat(admission.<String>run(soon(), () -> "free again")).isEqualTo("free again");
    }

    @Test
    void whoWaitsPastTheDeadlineIsRefused() throws Exception {
        Admission admission = admission(1, 1);
        occupy(admission);

        assertRefused(
                admission, new Deadline(Duration.ofMillis(100)), UnavailableException.Reason.DEADLINE_EXCEEDED);
    }

    @Test
    void workThatFailsGivesItsPlaceBack() {
        Admission admission = admission(1, 0);

        assertThatThrownBy(() -> admission.run(soon(), () -> {
            throw new IllegalStateException("failed");
        })).hasMessage("failed");

        assertThat(admission.<String>run(soon(), () -> "free")).isEqualTo("free");
    }

    /** Has someone work until {@link #done}. */
    private void occupy(Admission admission) throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        callers.execute(() -> admission.run(soon(), () -> {
            working.countDown();
            try {
                return done.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        working.await();
    }

    private static Deadline soon() {
        return new Deadline(Duration.ofMinutes(1));
    }

    private static Admission admission(int working, int waiting) {
        return new Admission(
                TestServingLimits.concurrent(working, waiting), new Meters(new SimpleMeterRegistry()));
    }

    private static void assertRefused(Admission admission, Deadline deadline, UnavailableException.Reason reason) {
        assertThatThrownBy(() -> admission.run(deadline, () -> "let in")).isInstanceOfSatisfying(
                UnavailableException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
