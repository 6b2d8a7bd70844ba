package org.scibert.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
    @Test
    void risesToThePeakAndFallsTowardsZero() {
        LearningRateSchedule schedule = new LearningRateSchedule(1.0, 10, 4);
        double[] expected = {0.25, 0.5, 0.75, 1, 1, 5 / 6.0, 4 / 6.0, 3 / 6.0, 2 / 6.0, 1 / 6.0};
        for (int step = 0; step < 10; step++) {
            assertThat(schedule.at(step)).as("step %d", step).isCloseTo(expected[step], within(1e-12));
        }
    }

    @Test
    void withoutWarmUpItOnlyFalls() {
        LearningRateSchedule schedule = LearningRateSchedule.of(5e-5, 5, 0.1);
        assertThat(schedule.warmUpSteps()).isZero();
        assertThat(schedule.at(0)).isCloseTo(5e-5, within(1e-18));
        assertThat(schedule.at(4)).isCloseTo(1e-5, within(1e-18));
    }

    @Test
    void oneStepHasTheFullRate() {
        assertThat(LearningRateSchedule.of(3e-5, 1, 0.9).at(0)).isEqualTo(3e-5);
    }

    @Test
    void aWarmUpOfAllStepsIsRefused() {
        assertThatThrownBy(() -> new LearningRateSchedule(1, 5, 5))
                .hasMessage("a schedule of 5 steps cannot warm up for 5 to a rate of 1.0");
    }
}
