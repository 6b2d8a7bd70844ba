package org.scibert.function.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ComparisonsTest {
    private long now = 17;

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private boolean offer(Comparisons comparisons, long takesMillis) {
        return comparisons.offer(() -> now += millis(takesMillis));
    }

    /** A second is saved up; 1.2 s of work are 0.2 s too many, which a tenth of the time gives back after 2 s. */
    @Test
    void theWorkTakesItsShareOfTheTimeAndNoMore() {
        Comparisons comparisons = new Comparisons(0.1, () -> now, Runnable::run);

        assertThat(offer(comparisons, 1200)).isTrue();
        now += millis(750);
        assertThat(offer(comparisons, 1)).as("0.2 s are owed, 0.195 s were given back").isFalse();
        now += millis(100);
        assertThat(offer(comparisons, 1)).as("0.205 s were given back").isTrue();
    }

    @Test
    void noMoreThanASecondIsSavedUp() {
        Comparisons comparisons = new Comparisons(1, () -> now, Runnable::run);
        now += millis(3_600_000);

        assertThat(offer(comparisons, 1001)).isTrue();
        assertThat(offer(comparisons, 1)).isTrue(); // the work itself took a second, which was given back meanwhile
        Comparisons tenth = new Comparisons(0.1, () -> now, Runnable::run);
        now += millis(3_600_000);
        assertThat(offer(tenth, 1200)).isTrue();
        assertThat(offer(tenth, 1)).isFalse();
    }

    @Test
    void workThatFailsIsPaidForAndAFullQueueRefuses() {
        Deque<Runnable> queued = new ArrayDeque<>();
        Comparisons comparisons = new Comparisons(0.5, () -> now, work -> {
            if (queued.size() == 1) {
                throw new RejectedExecutionException();
            }
            queued.add(work);
        });
        assertThat(comparisons.offer(() -> {
            now += millis(2500);
            throw new IllegalStateException("on purpose");
        })).isTrue();
        assertThat(offer(comparisons, 1)).isFalse();

        try {
            queued.remove().run();
        } catch (IllegalStateException onPurpose) {
            assertThat(onPurpose).hasMessage("on purpose");
        }
        assertThat(offer(comparisons, 1)).isFalse();
    }
}
