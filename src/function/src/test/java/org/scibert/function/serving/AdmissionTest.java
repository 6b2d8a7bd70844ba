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
    void oneMoreThanThereArePlacesIsRefusedAtOnce() throws Exception {
        Admission admission = admission(2);
        CompletableFuture<Boolean> first = occupy(admission, false);
        occupy(admission, false);

        assertThat(admission.working()).isEqualTo(2);
        assertThat(admission.isFull()).isTrue();
        assertRefused(admission, minute(), UnavailableException.Reason.OVERLOADED);

        done.countDown();
        assertThat(first.get()).isTrue();
        assertThat(admission.<String>run(minute(), () -> "free again")).isEqualTo("free again");
    }

    @Test
    void whoComesAfterTheDeadlineIsRefusedAndLeavesThePlaceToOthers() {
        Admission admission = admission(1);

        assertRefused(admission, new Deadline(Duration.ZERO), UnavailableException.Reason.DEADLINE_EXCEEDED);

        assertThat(admission.isFull()).isFalse();
    }

    @Test
    void workThatFailsGivesItsPlaceBack() {
        Admission admission = admission(1);

        assertThatThrownBy(() -> admission.run(minute(), () -> {
            throw new IllegalStateException("failed");
        })).hasMessage("failed");
        assertThatThrownBy(() -> admission.explain(minute(), () -> {
            throw new IllegalStateException("failed too");
        })).hasMessage("failed too");

        assertThat(admission.<String>run(minute(), () -> "free")).isEqualTo("free");
    }

    @Test
    void anExplanationThatWaitsPastItsDeadlineIsNeverBegun() throws Exception {
        Admission admission = admission(4);
        occupy(admission, true);
        AtomicBoolean begun = new AtomicBoolean();

        assertThatThrownBy(() -> admission.explain(new Deadline(Duration.ofMillis(50)), () -> begun.getAndSet(true)))
                .isInstanceOfSatisfying(UnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(UnavailableException.Reason.DEADLINE_EXCEEDED));
        assertThat(admission.<String>run(minute(), () -> "classified")).as("others go on").isEqualTo("classified");

        done.countDown();
        assertThat(admission.<String>explain(minute(), () -> "next")).isEqualTo("next");
        assertThat(begun).isFalse();
    }

    @Test
    void anExplanationWhoseCallerGoesEndsWhenItLooksAtItsDeadline() {
        Admission admission = admission(1);
        Deadline deadline = minute();
        AtomicInteger passes = new AtomicInteger();

        assertThatThrownBy(() -> admission.explain(deadline, () -> {
            for (; passes.get() < 3; passes.incrementAndGet()) {
                deadline.check();
                if (passes.get() == 1) {
                    deadline.abandon();
                }
            }
            return "explained";
        })).isInstanceOfSatisfying(UnavailableException.class,
                e -> assertThat(e.reason()).isEqualTo(UnavailableException.Reason.ABANDONED));

        assertThat(admission.isFull()).isFalse();
        assertThat(admission.<String>explain(minute(), () -> "next")).isEqualTo("next");
        assertThat(passes).hasValue(2);
    }

    /** Has someone work until {@link #done}. */
    private CompletableFuture<Boolean> occupy(Admission admission, boolean explaining) throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        CompletableFuture<Boolean> work = CompletableFuture.supplyAsync(() -> explaining
                ? admission.explain(minute(), () -> await(working))
                : admission.run(minute(), () -> await(working)), callers);
        working.await();
        return work;
    }

    private boolean await(CountDownLatch working) {
        working.countDown();
        try {
            return done.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Deadline minute() {
        return new Deadline(Duration.ofMinutes(1));
    }

    private static Admission admission(int places) {
        return new Admission(new ServingLimits(places, Duration.ofMinutes(1), Duration.ofMinutes(1), 1),
                new Meters(new SimpleMeterRegistry()));
    }

    private static void assertRefused(Admission admission, Deadline deadline, UnavailableException.Reason reason) {
        assertThatThrownBy(() -> admission.run(deadline, () -> "let in")).isInstanceOfSatisfying(
                UnavailableException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
