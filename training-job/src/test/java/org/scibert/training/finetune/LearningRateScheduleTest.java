package org.scibert.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.scibert.training.finetune.LearningRateSchedule.Shape;

class LearningRateScheduleTest {
    @Test
    void risesToThePeakAndFallsTowardsZero() {
        LearningRateSchedule schedule = new LearningRateSchedule(Shape.LINEAR, 1.0, 10, 4);
        double[] expected = {0.25, 0.5, 0.75, 1, 1, 5 / 6.0, 4 / 6.0, 3 / 6.0, 2 / 6.0, 1 / 6.0};
        for (int step = 0; step < 10; step++) {
            assertThat(schedule.at(step)).as("step %d", step).isCloseTo(expected[step], within(1e-12));
        }
    }

    @Test
    void withoutWarmUpItOnlyFalls() {
        LearningRateSchedule schedule = LearningRateSchedule.of(Shape.LINEAR, 5e-5, 5, 0.1);
        assertThat(schedule.warmUpSteps()).isZero();
        assertThat(schedule.at(0)).isCloseTo(5e-5, within(1e-18));
        assertThat(schedule.at(4)).isCloseTo(1e-5, within(1e-18));
    }

    @Test
    void oneStepHasTheFullRate() {
        assertThat(LearningRateSchedule.of(Shape.LINEAR, 3e-5, 1, 0.9).at(0)).isEqualTo(3e-5);
    }

    @Test
    void slantedTriangularIsHowardAndRuders() {
        // T = 20, cut_frac = 0.1, cut = 2, ratio 32: p = 0, 1/2, 1, 17/18, … 1/18; rate = (1 + 31 p) / 32.
        LearningRateSchedule schedule = LearningRateSchedule.of(Shape.SLANTED_TRIANGULAR, 1.0, 20, 0.1);
        assertThat(schedule.at(0)).isCloseTo(1 / 32.0, within(1e-12));
        assertThat(schedule.at(1)).isCloseTo(16.5 / 32, within(1e-12));
        assertThat(schedule.at(2)).isCloseTo(1, within(1e-12));
        assertThat(schedule.at(3)).isCloseTo((1 + 31 * 17 / 18.0) / 32, within(1e-12));
        assertThat(schedule.at(19)).isCloseTo((1 + 31 / 18.0) / 32, within(1e-12));
    }

    @Property
    void noRateIsZeroOrAboveThePeak(
            @ForAll Shape shape,
            @ForAll @IntRange(min = 1, max = 300) int steps,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double warmUp) {
        LearningRateSchedule schedule = LearningRateSchedule.of(shape, 2e-5, steps, warmUp);
        for (int step = 0; step < steps; step++) {
            assertThat(schedule.at(step)).isPositive().isLessThanOrEqualTo(2e-5 * (1 + 1e-12));
        }
    }

    @Test
    void aWarmUpOfAllStepsIsRefused() {
        assertThatThrownBy(() -> new LearningRateSchedule(Shape.LINEAR, 1, 5, 5))
                .hasMessage("a schedule of 5 steps cannot warm up for 5 to a rate of 1.0");
    }
}
