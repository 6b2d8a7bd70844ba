package org.scibert.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scibert.training.finetune.TrainingHistory.Step;

class TrainingHistoryTest {
    @Test
    void aStepIsALineOfCsv() {
        TrainingHistory history =
                new TrainingHistory(List.of(new Step(1, 8, 0.5, 2e-5), new Step(2, 4, 0.25, 1e-5)));
        assertThat(history.csv()).isEqualTo("""
                step,rows,loss,learning_rate
                1,8,0.5,2.0E-5
                2,4,0.25,1.0E-5
                """);
        assertThat(TrainingHistory.EMPTY.csv()).isEqualTo("step,rows,loss,learning_rate\n");
    }
}
