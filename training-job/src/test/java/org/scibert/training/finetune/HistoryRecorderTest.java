package org.scibert.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.scibert.training.finetune.TrainingHistory.Step;

class HistoryRecorderTest {
    @Test
    void stepsAreKeptInTheirOrderAndAsCsv() {
        HistoryRecorder recorder = new HistoryRecorder(TrainingHistory.EMPTY);
        recorder.started(12, 2, 0);
        recorder.stepped(1, 8, 0.5, 2e-5);
        recorder.stepped(2, 4, 0.25, 1e-5);
        assertThat(recorder.history().stepsPlanned()).isEqualTo(2);
        assertThat(recorder.history().csv()).isEqualTo("""
                run,step,rows,loss,learning_rate
                1,1,8,0.5,2.0E-5
                1,2,4,0.25,1.0E-5
                """);
    }

    @Test
    void stepsThatBeginAgainAreAnotherRunAndThoseThatGoOnAreTheSame() {
        HistoryRecorder first = new HistoryRecorder(TrainingHistory.EMPTY);
        first.stepped(1, 8, 1, 1e-5);
        HistoryRecorder resumed = new HistoryRecorder(first.history());
        resumed.stepped(5, 8, 1, 1e-5);
        resumed.stepped(1, 8, 1, 1e-5);
        resumed.stepped(2, 8, 1, 1e-5);
        assertThat(resumed.history().steps()).extracting(Step::run).containsExactly(1, 1, 2, 2);
    }
}
