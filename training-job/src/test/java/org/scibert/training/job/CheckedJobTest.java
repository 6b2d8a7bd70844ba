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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.network.Compute;
import org.scibert.network.OptimizerConfig;
import org.scibert.network.TinyEncoder;
import org.scibert.release.LocalRelease;
import org.scibert.release.Releases;
import org.scibert.store.ObjectStores;
import org.scibert.training.datacheck.DataPolicy;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.datacheck.Finding;
import org.scibert.training.datacheck.TokenTable;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.finetune.LearningRateSchedule;
import org.scibert.training.records.DataException;

/** What the data check does to a job. */
class CheckedJobTest {
    @TempDir
    private Path folder;

    private final Heard heard = new Heard();

    /** 20 training rows, of which line 4 is in dev and lines 8 and 9 in test. */
    @BeforeEach
    void files() throws IOException {
        TinyEncoder.write(folder.resolve("encoder"), 1);
        List<String> train = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            train.add("{\"text\":\"cell %s\",\"label\":%s}".formatted(i == 9 ? 8 : i, i % 2));
        }
        Files.write(folder.resolve("train.jsonl"), train);
        Files.writeString(folder.resolve("dev.jsonl"), """
                {"text":"CELL 4","label":0}
                {"text":"the method","label":1}
                """);
        Files.writeString(folder.resolve("test.jsonl"), """
                {"text":"cell  8","label":0}
                {"text":"we study","label":1}
                """);
    }

    @Test
    void findingsAreHeardBeforeTrainingAndStandInTheRelease() throws Exception {
        run(new DataPolicy(false, false));
        assertThat(heard.events).startsWith("checked", "measured", "started");
        JsonNode stored = json(current(), "data-check.json");
        assertThat(stored.path("findings").get(0).path("kind").asText()).isEqualTo("leak");
        assertThat(stored.path("droppedRows").asInt()).isZero();
        assertThat(stored.path("tokens").path("maxTokens").asInt()).isEqualTo(24);
        assertThat(stored.path("splits").get(0).path("rows").asInt()).isEqualTo(20);
    }

    @Test
    void aStrictJobEndsBeforeTheEncoderIsOpened() throws Exception {
        Files.delete(folder.resolve("encoder").resolve("config.json"));
        assertThatThrownBy(() -> run(new DataPolicy(true, false)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1 of 2 dev rows stand in train too")
                .hasMessageContaining("1 of 2 test rows stand in train too: 1 text, in 2 train rows");
        assertThat(heard.events).containsExactly("checked");
        assertThat(heard.report.findings()).extracting(f -> f.kind()).contains(Finding.Kind.LEAK);
    }

    @Test
    void droppedLeaksAreNotTrainedOnAndCountedInTheRelease() throws Exception {
        run(new DataPolicy(true, true));
        assertThat(heard.rows).isEqualTo(17);
        LocalRelease release = current();
        assertThat(json(release, "data-check.json").path("droppedRows").asInt()).isEqualTo(3);
        JsonNode configuration = release.manifest().provenance().configuration();
        assertThat(configuration.path("dropLeaks").asBoolean()).isTrue();
        assertThat(configuration.path("droppedRows").asInt()).isEqualTo(3);
        assertThat(release.folder().resolve("MODEL_CARD.md"))
                .content()
                .contains("3 training rows were left out because they stand in dev or test", "| train | 17 |");
    }

    private void run(DataPolicy policy) throws IOException {
        JobConfig config = TinyJob.of(
                        folder.resolve("train.jsonl"), folder.resolve("dev.jsonl"),
                        Optional.of(folder.resolve("test.jsonl")), folder.resolve("encoder"),
                        new FineTuningConfig(1, 8, 1, 0.01, LearningRateSchedule.Shape.LINEAR, 0.1, 0, 24, 0,
                                OptimizerConfig.DEFAULT, 7),
                        "file:" + folder.resolve("store"))
                .policy(policy)
                .config();
        EncoderOptions encoders = EncoderOptions.ofEnvironment(
                Map.of("ENCODER_CACHE", folder.resolve("cache").toString()), EncoderOptions.Listener.SILENT);
        new FineTuneJob(config, encoders, Map.of(), Clock.systemUTC()).run(heard);
    }

    private LocalRelease current() throws IOException {
        try (var objects = ObjectStores.open("file:" + folder.resolve("store"), Map.of())) {
            return new Releases(objects, "tiny", Clock.systemUTC()).open(Optional.empty(), folder.resolve("releases"));
        }
    }

    private static JsonNode json(LocalRelease release, String file) throws IOException {
        return new ObjectMapper().readTree(release.folder().resolve(file).toFile());
    }

    private static final class Heard extends SilentListener {
        private final List<String> events = new ArrayList<>();
        private DataReport report;
        private int rows;

        @Override
        public void checked(DataReport found) {
            events.add("checked");
            report = found;
        }

        @Override
        public void measured(TokenTable tokens) {
            events.add("measured");
        }

        @Override
        public void started(int trainingRows, int steps, double paddingShare, Compute compute) {
            events.add("started");
            rows = trainingRows;
        }
    }
}
