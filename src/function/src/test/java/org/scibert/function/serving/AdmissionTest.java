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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scibert.function.telemetry.Meters;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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
                CompletableFuture.supplyAsync(() -> admission.run(minute(), () -> "waited"), callers);
        while (admission.waiting() == 0) {
            Thread.onSpinWait();
        }

        assertThat(admission.working()).isEqualTo(1);
        assertRefused(admission, minute(), UnavailableException.Reason.OVERLOADED);

        done.countDown();
        assertThat(waiting.get()).isEqualTo("waited");
        assertThat(admission.<String>run(minute(), () -> "free again")).isEqualTo("free again");
    }

    @Test
    void whoWaitsPastTheDeadlineIsRefused() throws Exception {
        Admission admission = admission(1, 1);
        occupy(admission);

        assertRefused(
                admission, new Admission.Deadline(Duration.ofMillis(100)), UnavailableException.Reason.DEADLINE_EXCEEDED);
    }

    @Test
    void workThatFailsGivesItsPlaceBack() {
        Admission admission = admission(1, 0);

        assertThatThrownBy(() -> admission.run(minute(), () -> {
            throw new IllegalStateException("failed");
        })).hasMessage("failed");

        assertThat(admission.<String>run(minute(), () -> "free")).isEqualTo("free");
    }

    @Test
    void whoWaitedInVainLeavesThePlaceToOthers() throws Exception {
        Admission admission = admission(1, 1);
        occupy(admission);
        assertRefused(
                admission, new Admission.Deadline(Duration.ofMillis(50)), UnavailableException.Reason.DEADLINE_EXCEEDED);

        assertThat(admission.waiting()).isZero();
        assertThat(admission.isFull()).isFalse();
    }

    @Test
    void whoGoesWhileWaitingLeavesThePlaceToOthersAndTheWorkIsNeverBegun() throws Exception {
        Admission admission = admission(1, 1);
        occupy(admission);
        Admission.Deadline deadline = minute();
        AtomicBoolean begun = new AtomicBoolean();
        CompletableFuture<?> gone =
                CompletableFuture.runAsync(() -> admission.run(deadline, () -> begun.getAndSet(true)), callers);
        while (admission.waiting() == 0) {
            Thread.onSpinWait();
        }

        deadline.abandon();

        assertThatThrownBy(gone::join).hasCauseInstanceOf(UnavailableException.class).hasMessageContaining("gone");
        assertThat(admission.isFull()).isFalse();
        done.countDown();
        assertThat(admission.<String>run(minute(), () -> "next")).isEqualTo("next");
        assertThat(begun).isFalse();
    }

    @Test
    void workUnderWayEndsWhenItLooksAtItsDeadlineAfterTheCallerHasGone() {
        Admission admission = admission(1, 0);
        Admission.Deadline deadline = minute();
        AtomicInteger batches = new AtomicInteger();

        assertThatThrownBy(() -> admission.run(deadline, () -> {
            for (; batches.get() < 3; batches.incrementAndGet()) {
                deadline.check();
                if (batches.get() == 1) {
                    deadline.abandon();
                }
            }
            return "answered";
        })).isInstanceOfSatisfying(UnavailableException.class,
                e -> assertThat(e.reason()).isEqualTo(UnavailableException.Reason.ABANDONED));

        // The caller has its answer at once; the place is free when the work has looked at its deadline.
        while (admission.isFull()) {
            Thread.onSpinWait();
        }
        assertThat(admission.<String>run(minute(), () -> "next")).isEqualTo("next");
        assertThat(batches).hasValue(2);
    }

    /** Has someone work until {@link #done}. */
    private void occupy(Admission admission) throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        callers.execute(() -> admission.run(minute(), () -> {
            working.countDown();
            try {
                return done.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        working.await();
    }

    private static Admission.Deadline minute() {
        return new Admission.Deadline(Duration.ofMinutes(1));
    }

    private static Admission admission(int working, int waiting) {
        return new Admission(
                new ServingLimits(working, waiting, Duration.ofMinutes(1), Duration.ofMinutes(1), 1), new Meters(new SimpleMeterRegistry()));
    }

    private static void assertRefused(Admission admission, Admission.Deadline deadline, UnavailableException.Reason reason) {
        assertThatThrownBy(() -> admission.run(deadline, () -> "let in")).isInstanceOfSatisfying(
                UnavailableException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
