package org.scibert.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.job.ComputeDevice;
import org.scibert.training.job.JobConfig;

class SeedStudyTest {
    @Test
    void meanAndSampleDeviationAreWorkedOutByHand() {
        // 0.7, 0.8, 0.9: mean 0.8, deviations -0.1, 0, 0.1; sqrt(0.02 / 2) = 0.1.
        SeedStudy.Spread spread = SeedStudy.Spread.of(List.of(0.7, 0.8, 0.9));
        assertThat(spread.mean()).isCloseTo(0.8, within(1e-12));
        assertThat(spread.deviation()).isCloseTo(0.1, within(1e-12));
        assertThat(spread).hasToString("0.8000 ± 0.1000");
    }

    @Test
    void aSeedStandsInAPlanOnce() {
        assertThatThrownBy(() -> training(List.of(1, 2, 1), 5)).hasMessageContaining("[1, 2, 1]");
        assertThatThrownBy(() -> training(List.of(), 5)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> training(List.of(1), -1)).hasMessageContaining("at least 0, is -1");
    }

    private static JobConfig.Training training(List<Integer> seeds, int checkpointSteps) {
        return new JobConfig.Training(
                "embedded", ComputeDevice.Choice.CPU, FineTuningConfig.DEFAULT, seeds, checkpointSteps);
    }
}
