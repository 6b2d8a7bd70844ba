package org.scibert.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scibert.decision.Task;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.RunState;
import org.scibert.training.finetune.RunState.Epoch;
import org.scibert.training.finetune.TrainingHistory;

class ProgressFilesTest {
    @TempDir
    private Path folder;

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
        Path file = folder.resolve("state");
        ProgressFiles.write(file, state);
        assertThat(ProgressFiles.readState(file, task)).isEqualTo(state);
    }

    @Test
    void aHistoryIsTwentyBytesAStepToTheLastBit() throws Exception {
        TrainingHistory history = new TrainingHistory(List.of(
                new TrainingHistory.Step(1, 8, Math.PI, 2e-5 / 3), new TrainingHistory.Step(2, 7, 0.1 + 0.2, 1e-300)));
        Path file = folder.resolve("history");
        ProgressFiles.write(file, history);
        assertThat(file).hasSize(40);
        assertThat(ProgressFiles.readHistory(file)).isEqualTo(history);
    }

    @Test
    void aFileThatIsNoStateIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("state"), "{\"step\":null}");
        assertThatThrownBy(() -> ProgressFiles.readState(file, Task.BINARY))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessageStartingWith("state is not the state of a run: ");
    }
}
