package org.scibert.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.scibert.training.rows.Split;

/** A job with three seeds, interrupted in the second run and started again. */
class SeveralSeedsTest {
    @TempDir
    private Path folder;

    private final CountingListener heard = new CountingListener();

    @Test
    void theBestOnDevIsReleasedAndTheSpreadIsTold() throws Exception {
        TinyEncoder.write(folder.resolve("encoder"), 1);
        Path rows = rows();
        try {
            job(rows).run(heard, () -> heard.steps == 7);
            throw new AssertionError("was not interrupted");
        } catch (InterruptedRunException e) {
            assertThat(e).hasMessageContaining("after step 2 of 5");
        }
        FineTuneJob.Result result = job(rows).run(heard);
        assertThat(heard.steps).as("no step of three runs of five was taken twice").isEqualTo(15);

        FileStore store = new FileStore(folder.resolve("store"));
        LocalRelease release =
                new Releases(store, "tiny", Clock.systemUTC()).open(Optional.empty(), folder.resolve("cache"));
        JsonNode seeds = new ObjectMapper()
                .readTree(release.folder().resolve("metrics.json").toFile())
                .path("seeds");
        assertThat(seeds.path("runs")).extracting(run -> run.path("seed").asInt()).containsExactly(5, 6, 7);
        List<Double> dev = seeds.path("runs").findValues("dev").stream().map(JsonNode::asDouble).toList();
        assertThat(seeds.path("dev").path("mean").asDouble())
                .isCloseTo((dev.get(0) + dev.get(1) + dev.get(2)) / 3, within(1e-12));
        assertThat(seeds.path("test").path("deviation").asDouble()).isNotNegative();

        double best = dev.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        assertThat(result.splits().get(Split.DEV).selectionScore()).isEqualTo(best);
        assertThat(release.manifest().provenance().seed()).isEqualTo(seeds.path("released").asLong());
        assertThat(seeds.path("runs").get(seeds.path("released").asInt() - 5).path("dev").asDouble()).isEqualTo(best);
        assertThat(((Metrics.Binary) result.splits().get(Split.TEST)).prAuc())
                .isEqualTo(seeds.path("runs").get(seeds.path("released").asInt() - 5).path("test").asDouble());
        assertThat(release.folder().resolve("MODEL_CARD.md")).content()
                .contains("Learning rate 0.02 (linear), 8 rows a step")
                .contains("seed %s (the best of [5, 6, 7] on dev)".formatted(seeds.path("released").asText()));
        assertThat(heard.notes).contains("seed 6, 2 of 3")
                .anyMatch(note -> note.startsWith("seeds 5, 6, 7: dev score ") && note.contains(" ± "));
        assertThat(store.list(new ObjectKey("tiny/checkpoints"))).isEmpty();
    }

    private Path rows() throws Exception {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.add("{\"text\":\"we study cell %s\",\"label\":1}".formatted(i));
            rows.add("{\"text\":\"the method of cell %s\",\"label\":0}".formatted(i));
        }
        return Files.write(folder.resolve("rows.jsonl"), rows);
    }

    private FineTuneJob job(Path rows) {
        JobConfig config = TinyJob.of(
                        rows, rows, Optional.of(rows), folder.resolve("encoder"),
                        new FineTuningConfig(1, 8, 1, 0.02, LearningRateSchedule.Shape.LINEAR, 0.1, 0, 24, 0.3,
                                OptimizerConfig.DEFAULT, 5),
                        "file:" + folder.resolve("store"))
                .seeds(List.of(5, 6, 7), 100)
                .config();
        EncoderOptions encoders = EncoderOptions.ofEnvironment(
                Map.of("ENCODER_CACHE", folder.resolve("cache").toString()), EncoderOptions.Listener.SILENT);
        return new FineTuneJob(config, encoders, Map.of(), Clock.systemUTC());
    }
}
