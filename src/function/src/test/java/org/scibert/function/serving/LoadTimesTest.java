package org.scibert.function.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.scibert.function.serving.LoadTimes.Step;

class LoadTimesTest {
    private final AtomicLong clock = new AtomicLong(7);
    private final LoadTimes times = new LoadTimes(clock::get);

    @Test
    void eachStepBeginsWhereTheLastOneEnded() {
        times.processStarted(Duration.ofMillis(600));
        end(Step.DOWNLOAD, 1250);
        end(Step.LIBTORCH, 500);
        end(Step.WEIGHTS, 0);
        end(Step.FIRST_PASS, 45);

        assertThat(times).hasToString("2.40 s: process 0.60, download and verification 1.25, libtorch 0.50, weights"
                + " 0.00, first pass 0.05");
        assertThat(times.modelMillis()).isEqualTo(1795);
        assertThat(times.secondsByLabel()).containsExactly(
                entry("process", 0.6), entry("download", 1.25),
                entry("libtorch", 0.5), entry("weights", 0.0),
                entry("first_pass", 0.045));
    }

    @Test
    void aModelThatTakesAnothersPlaceHasNoProcessOfItsOwn() {
        end(Step.DOWNLOAD, 10);
        end(Step.DOWNLOAD, 20);

        assertThat(times).hasToString("0.03 s: download and verification 0.03");
        assertThat(times.modelMillis()).isEqualTo(30);
    }

    private void end(Step step, long millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
        times.end(step);
    }
}
