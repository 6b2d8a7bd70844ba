package org.scibert.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scibert.training.finetune.Scripted.epoch;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scibert.training.finetune.RunState.Epoch;

class RunStateTest {
    @Test
    void theBestEpochHasTheHighestScoreThenTheLowestLossAndIsTheFirstOfEquals() {
        List<Epoch> epochs = List.of(
                epoch(1, 0.6, 0.3), epoch(2, 0.7, 0.5), epoch(3, 0.7, 0.4), epoch(4, 0.7, 0.4), epoch(5, 0.6, 0.1));
        assertThat(new RunState(9, 0, epochs).best()).contains(epochs.get(2));
        assertThat(RunState.START.best()).isEmpty();
    }

    @Test
    void patienceCountsTheEpochsSinceTheBest() {
        FineTuningConfig patient = config(10, 2);
        RunState state = RunState.START
                .ended(epoch(1, 0.5, 0.3))
                .ended(epoch(2, 0.7, 0.3))
                .ended(epoch(3, 0.6, 0.3));
        assertThat(state.isFinished(patient)).isFalse();
        assertThat(state.ended(epoch(4, 0.7, 0.3)).isFinished(patient)).as("no better than the best").isTrue();
        assertThat(state.ended(epoch(4, 0.71, 0.3)).isFinished(patient)).isFalse();
        assertThat(state.ended(epoch(4, 0.7, 0.3)).isFinished(config(10, 0))).as("endless patience").isFalse();
        assertThat(state.isFinished(config(3, 2))).as("no epoch is left").isTrue();
    }

    @Test
    void lossesAddUpWithinAnEpoch() {
        RunState state = RunState.START.stepped(4).stepped(2);
        assertThat(state).isEqualTo(new RunState(2, 6, List.of()));
        assertThat(state.ended(epoch(1, 0.5, 0.3)).lossSum()).isZero();
        assertThat(state.ended(epoch(1, 0.5, 0.3)).epoch()).isEqualTo(2);
    }

    private static FineTuningConfig config(int epochs, int patience) {
        FineTuningConfig d = FineTuningConfig.DEFAULT;
        return new FineTuningConfig(
                epochs, d.batchSize(), 1, d.learningRate(), d.schedule(), d.warmUpShare(), patience, d.maxTokens(),
                d.headDropout(), d.optimizer(), 1);
    }
}
