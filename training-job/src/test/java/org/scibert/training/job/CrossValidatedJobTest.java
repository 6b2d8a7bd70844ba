package org.scibert.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.network.OptimizerConfig;
import org.scibert.network.TinyEncoder;
import org.scibert.release.LocalRelease;
import org.scibert.release.Releases;
import org.scibert.store.FileStore;
import org.scibert.store.ObjectKey;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.finetune.InterruptedRunException;
import org.scibert.training.finetune.LearningRateSchedule;
import org.scibert.training.promotion.PromotionDecision.Outcome;
import org.scibert.training.replay.Replay;
import org.scibert.training.replay.ReplayFiles;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/** A job with folds in place of dev and test: interrupted, resumed, compared, replayed. */
class CrossValidatedJobTest {
    private static final int FOLDS = 3;
    private static final int ROWS = 48;
    /** 32 rows of 48 in batches of 8; then all. */
    private static final int STEPS_OF_FOLD = 4;
    private static final int STEPS_OF_ALL = 6;

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();

    private static final class Heard extends CountingListener {
        @Override
        public void epochEnded(int epoch, double loss, Metrics dev, boolean best) {
            throw new AssertionError("no epoch is chosen");
        }
    }

    @BeforeEach
    void encoder() throws IOException {
        TinyEncoder.write(folder.resolve("encoder"), 1);
    }

    @Test
    void itsScoresAreOutOfFoldAndItsModelIsTrainedOnAll() throws Exception {
        Path rows = rows();
        assertThatThrownBy(() -> job(rows).run(heard, () -> heard.steps == STEPS_OF_FOLD + 1))
                .isInstanceOf(InterruptedRunException.class).hasMessageContaining("after step 1 of 4");
        FineTuneJob.Result result = job(rows).run(heard);
        assertThat(heard.steps).as("no step was taken twice").isEqualTo(FOLDS * STEPS_OF_FOLD + STEPS_OF_ALL);
        assertThat(heard.notes).contains("fold 3 of 3", "all rows, for the model that is released");

        assertThat(result.splits()).containsOnlyKeys(Split.OUT_OF_FOLD);
        LocalRelease release = current();
        assertThat(release.manifest().provenance().data()).containsOnlyKeys("train");
        assertThat(release.manifest().provenance().configuration().path("folds").asInt()).isEqualTo(FOLDS);
        JsonNode metrics = new ObjectMapper().readTree(release.folder().resolve("metrics.json").toFile());
        assertThat(metrics.has("dev") || metrics.has("test")).isFalse();
        assertThat(metrics.path("out-of-fold").path("rows").asInt()).isEqualTo(ROWS);
        assertThat(metrics.path("out-of-fold").path("prAuc").asDouble())
                .isEqualTo(result.splits().get(Split.OUT_OF_FOLD).selectionScore());
        assertThat(metrics.path("folds").path("folds")).hasSize(FOLDS);
        assertThat(metrics.path("precisions").path("measured").path("int8").path("splits").path("out-of-fold")
                .path("rows").asInt()).isEqualTo(ROWS);
        assertThat(metrics.path("baselines").findPath("splits").path("out-of-fold").path("rows").asInt())
                .isEqualTo(ROWS);
        assertThat(Files.readAllLines(release.folder().resolve("split.csv"))).hasSize(ROWS + 1)
                .filteredOn(line -> line.startsWith("fold 2,")).hasSize(ROWS / FOLDS);
        assertThat(Files.readAllLines(release.folder().resolve("out-of-fold.csv"))).hasSize(ROWS + 1);
        assertThat(Files.readString(release.folder().resolve("MODEL_CARD.md")))
                .contains("The released model was trained on all rows", "## Cross-validation", "| out-of-fold |");
        assertThat(Files.readString(release.folder().resolve("report.html"))).contains("Out-of-fold rows");
        assertThat(new FileStore(folder.resolve("store")).list(new ObjectKey("tiny/checkpoints"))).isEmpty();

        Replay replay = new Replay(release, encoders());
        ReplayFiles files = new ReplayFiles(new Splits<>(rows, rows, rows), Optional.empty());
        assertThat(replay.run(files, Files.createDirectory(folder.resolve("scratch")), new SilentListener())
                .difference())
                .isEmpty();

        // The one in service was trained on these rows: it is judged by its own out-of-fold answers.
        FineTuneJob.Result again = job(rows).run(heard);
        assertThat(again.decision().verdict()).isEqualTo(Outcome.NOT_WORSE);
        assertThat(again.decision().comparison().difference()).isZero();
        assertThat(again.decision().reason()).contains("on 48 out-of-fold rows is ").endsWith(
                "; the one in service was trained on 48 of these rows and is judged on them by its out-of-fold"
                        + " answers");
    }

    private LocalRelease current() throws IOException {
        return new Releases(new FileStore(folder.resolve("store")), "tiny", Clock.systemUTC())
                .open(Optional.empty(), folder.resolve("cache"));
    }

    /** Rows that nothing else resembles. */
    private Path rows() throws IOException {
        Random random = new Random(7);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            lines.add("{\"text\":\"%s %s %s\",\"label\":%s}".formatted(
                    i % 3 == 0 ? "we study cell" : "the method", Long.toString(random.nextLong(1L << 60), 36),
                    Long.toString(random.nextLong(1L << 60), 36), i % 3 == 0 ? 1 : 0));
        }
        return Files.write(folder.resolve("rows.jsonl"), lines);
    }

    private FineTuneJob job(Path rows) {
        JobConfig config = TinyJob.of(
                        rows, rows, Optional.of(rows), folder.resolve("encoder"),
                        new FineTuningConfig(
                                1, 8, 1, 0.02, LearningRateSchedule.Shape.LINEAR, 0.1, 0, 24, 0.3,
                                OptimizerConfig.DEFAULT, 5),
                        "file:" + folder.resolve("store"))
                .oneFile(FOLDS)
                .config();
        return new FineTuneJob(config, encoders(), Map.of(), Clock.systemUTC());
    }

    private EncoderOptions encoders() {
        return EncoderOptions.ofEnvironment(
                Map.of("ENCODER_CACHE", folder.resolve("cache").toString()), EncoderOptions.Listener.SILENT);
    }
}
