package org.scibert.function.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
        Admission admission = new Admission(TestLimits.concurrent(1, 1));
        occupy(admission);
        CompletableFuture<String> waiting =
                CompletableFuture.supplyAsync(() -> admission.admit(d -> "waited"), callers);
        while (admission.waiting() == 0) {
            Thread.onSpinWait();
        }

        assertThat(admission.working()).isEqualTo(1);
        assertRefused(admission, Problem.TOO_MANY_REQUESTS);

        done.countDown();
        assertThat(waiting.get()).isEqualTo("waited");
        assertThat(admission.<String>admit(d -> "free again")).isEqualTo("free again");
    }

    @Test
    void whoWaitsPastTheDeadlineIsRefused() throws Exception {
        // Long enough for the first to begin on a busy machine.
        Admission admission = new Admission(TestLimits.concurrent(1, 1).within(Duration.ofSeconds(2)));
        occupy(admission);

        assertRefused(admission, Problem.DEADLINE_EXCEEDED);
    }

    @Test
    void workThatFailsGivesItsPlaceBack() {
        Admission admission = new Admission(TestLimits.concurrent(1, 0));

        assertThatThrownBy(() -> admission.admit(d -> {
            throw new IllegalStateException("failed");
        })).hasRootCauseMessage("failed");

        assertThat(admission.<String>admit(d -> "free")).isEqualTo("free");
    }

    /** Has someone work until {@link #done}. */
    private void occupy(Admission admission) throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        callers.execute(() -> admission.admit(d -> {
            working.countDown();
            try {
                return done.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        working.await();
    }

    private static void assertRefused(Admission admission, Problem problem) {
        assertThatThrownBy(() -> admission.admit(d -> "let in")).isInstanceOfSatisfying(
                Refusal.class, r -> assertThat(r.problem()).isEqualTo(problem));
    }
}
