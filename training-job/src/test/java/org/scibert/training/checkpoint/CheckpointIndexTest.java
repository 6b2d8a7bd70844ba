package org.scibert.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scibert.decision.Task;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.RunState;
import org.scibert.training.finetune.RunState.Epoch;
import org.scibert.training.finetune.TrainingHistory;

class CheckpointIndexTest {
    @ParameterizedTest
    @EnumSource(Task.class)
    void metricsOfEachTaskSurviveWritingToTheLastBit(Task task) throws Exception {
        Metrics dev = switch (task) {
            case BINARY -> new Metrics.Binary(3, 0, 1 / 3.0, 0.1 + 0.2, 0, 0, 0, 0.3, null, null);
            case MULTI_CLASS -> new Metrics.MultiClass(3, 1 / 3.0, 0.1 + 0.2, 0.5, 0.6,
                    List.of(new Metrics.OfClass("a", 0.1, 0.2, 2 / 15.0, 2)));
            case MULTI_LABEL -> new Metrics.MultiLabel(3, 1 / 3.0, 0.1 + 0.2, 0.5,
                    List.of(new Metrics.OfLabel("a", 0.1, 0.2, 2 / 15.0, 3, null, 1.0)));
        };
        RunState state = new RunState(12, Math.PI, List.of(new Epoch(1, Math.E, dev)));
        TrainingHistory history = new TrainingHistory(List.of(new TrainingHistory.Step(1, 8, Math.PI, 2e-5 / 3)));
        CheckpointIndex index = new CheckpointIndex(CheckpointIndex.FORMAT, state, history, null, null);
        byte[] bytes = index.toBytes();
        assertThat(index.name(bytes)).startsWith("00000012-0001-");
        assertThat(CheckpointIndex.parse(index.name(bytes), bytes, task)).isEqualTo(index);
    }
}
