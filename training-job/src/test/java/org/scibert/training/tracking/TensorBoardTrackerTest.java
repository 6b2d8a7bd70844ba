package org.scibert.training.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.network.Compute;
import org.scibert.training.evaluation.LabelledRows;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.rows.Split;
import org.scibert.training.tracking.EventFiles.Scalar;

class TensorBoardTrackerTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
    private static final Metrics DEV = MeasuredSplit.of(
            new DecisionRule(Task.BINARY, List.of("0", "1"), 0.5), LabelledRows.BINARY, LabelledRows.rows(1, 0),
            new float[] {1, -1}).metrics();

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void numbersComeBackWithTheirSteps() throws IOException {
        try (TensorBoardTracker tracker = tracker(folder)) {
            tracker.started(2, 2, 0, Compute.ONEDNN);
            tracker.stepped(1, 2, 0.5, 2e-5);
            tracker.stepped(2, 2, 0.25, 1e-5);
            tracker.epochEnded(1, 0.375, DEV, true);
            tracker.finished("v1", Map.of(Split.TEST, DEV));
        }
        assertThat(EventFiles.scalars(only(folder))).contains(
                new Scalar(1, "train/loss", 0.5f), new Scalar(1, "train/learning_rate", 2e-5f),
                new Scalar(2, "train/loss", 0.25f), new Scalar(2, "train/epoch_loss", 0.375f),
                new Scalar(2, "dev/prAuc", 1), new Scalar(2, "dev/rows", 2), new Scalar(2, "released/test/f1", 1));
        List<byte[]> records = EventFiles.records(only(folder));
        assertThat(new String(records.get(0), StandardCharsets.ISO_8859_1)).contains("brain.Event:2");
        assertThat(new String(records.get(1), StandardCharsets.UTF_8))
                .contains("_hparams_/session_start_info", "hparams", "epochs", "encoder", "embedded",
                        "optimizer.compute", "ONEDNN");
        assertThat(warnings).isEmpty();
    }

    @Test
    void theFirstEventByHand() throws IOException {
        tracker(folder).close();
        // wall_time = 1 as a double, 1795348800.0; file_version = 3, 13 letters
        byte[] first = EventFiles.records(only(folder)).get(0);
        assertThat(first).hasSize(1 + 8 + 1 + 1 + 13);
        assertThat(first[0]).isEqualTo((byte) (1 << 3 | 1));
        assertThat(first[9]).isEqualTo((byte) (3 << 3 | 2));
        assertThat(first[10]).isEqualTo((byte) 13);
    }

    @Test
    void stepsThatBeginAgainAreARunOfTheirOwn() throws IOException {
        try (TensorBoardTracker tracker = tracker(folder)) {
            tracker.stepped(1, 2, 0.5, 2e-5);
            tracker.stepped(1, 2, 0.75, 2e-5);
        }
        assertThat(EventFiles.scalars(only(folder.resolve("run-2")))).contains(new Scalar(1, "train/loss", 0.75f));
    }

    @Test
    void aFolderThatCannotBeMadeIsToldBeforeAnyTraining() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> tracker(file.resolve("runs"))).isInstanceOf(IOException.class);
    }

    private TensorBoardTracker tracker(Path in) throws IOException {
        return new TensorBoardTracker(in, Map.of("epochs", 3, "encoder", "embedded"), NOON, warnings::add);
    }

    private static byte[] only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> events = files.filter(Files::isRegularFile).toList();
            assertThat(events).hasSize(1);
            assertThat(events.get(0).getFileName().toString()).startsWith("events.out.tfevents.");
            return Files.readAllBytes(events.get(0));
        }
    }
}
