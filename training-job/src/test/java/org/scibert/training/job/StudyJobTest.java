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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.io.UsageException;
import org.scibert.network.OptimizerConfig;
import org.scibert.network.Pooling;
import org.scibert.network.TinyEncoder;
import org.scibert.release.LocalRelease;
import org.scibert.release.Releases;
import org.scibert.store.FileStore;
import org.scibert.store.ObjectKey;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.finetune.InterruptedRunException;
import org.scibert.training.finetune.LearningRateSchedule;
import org.scibert.training.study.Budget;
import org.scibert.training.study.Grid;

/** Four configurations of 8 steps: learning rates, of which one is hopeless, and what the head reads. */
class StudyJobTest {
    @TempDir
    private static Path folder;

    private static Path rows;

    /** A study that nobody disturbs. */
    private static LocalRelease studied;

    private static final CountingListener HEARD = new CountingListener();

    @BeforeAll
    static void study() throws Exception {
        TinyEncoder.write(folder.resolve("encoder"), 1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            lines.add("{\"text\":\"we study cell %s\",\"label\":1}".formatted(i));
            lines.add("{\"text\":\"the method of cell %s\",\"label\":0}".formatted(i));
        }
        rows = Files.write(folder.resolve("rows.jsonl"), lines);
        job(grid("studied"), Budget.NONE).run(HEARD);
        studied = open("studied");
    }

    @Test
    void theWinnerIsReleasedWithTheWeightsOfAJobWithItsSettingsAlone() throws Exception {
        JsonNode study = metrics(studied).path("study");
        assertThat(study.path("configurations").asInt()).isEqualTo(4);
        assertThat(study.path("measure").asText()).isEqualTo("prAuc");
        assertThat(study.path("shares")).extracting(JsonNode::asDouble).containsExactly(.25, .5, 1.);
        assertThat(study.path("trials")).extracting(trial -> trial.path("scores").size()).containsExactly(3, 2, 1, 1);
        JsonNode winner = study.path("trials").path(0);
        assertThat(winner.path("values").path("learning-rate").asText()).isEqualTo("0.02");
        assertThat(studied.manifest().provenance().configuration().path("study").path("tried").asInt()).isEqualTo(4);

        // 4 × 2 + 2 × 2 + 1 × 4 steps in the study, none of the winner's twice, and 8 with the second seed.
        assertThat(HEARD.steps).isEqualTo(8 + 4 + 4 + 8);
        JobConfig alone = grid("alone").configurations().get(winner.path("number").asInt() - 1).config();
        job(Grid.of(alone), Budget.NONE).run(new SilentListener());
        assertThat(weights(open("alone"))).isEqualTo(weights(studied));
        assertThat(new FileStore(folder.resolve("studied")).list(new ObjectKey("tiny/checkpoints"))).isEmpty();
    }

    @Test
    void theTableIsToldAndDevsOptimismBesideTest() throws Exception {
        assertThat(HEARD.notes).anyMatch(line -> line.matches(
                        "Configuration +learning-rate +pooling +Dev after a quarter +Dev after half +Dev after all"))
                .anyMatch(line -> line.matches(
                        "[12] \\(winner\\) +0.02 +(cls|mean) +[01]\\.\\d{4} +[01]\\.\\d{4} +[01]\\.\\d{4}"))
                .anyMatch(line -> line.startsWith("4 configurations were tried by successive halving on dev"));
        String card = Files.readString(studied.folder().resolve("MODEL_CARD.md"));
        assertThat(card).containsPattern("The best of 4 scores on one dev set is too good to be true of other rows:"
                + " trained to its end, the winner has [01]\\.\\d{4} ± 0\\.\\d{4} .*on dev; on test, which took no"
                + " part, it is [01]");
        assertThat(Files.readString(studied.folder().resolve("report.html"))).contains(
                "id=\"study\"", "Dev score over the study", "The winner with each seed");
    }

    @Test
    void interruptedAfterEachSevenStepsAndStartedAgainItEndsWithTheSameBytes() throws Exception {
        int interruptions = 0;
        while (true) {
            CountingListener heard = new CountingListener();
            try {
                job(grid("interrupted"), Budget.NONE).run(heard, () -> heard.steps == 7);
                break;
            } catch (InterruptedRunException e) {
                interruptions++;
            }
        }
        assertThat(interruptions).isEqualTo(HEARD.steps / 7);
        LocalRelease release = open("interrupted");
        assertThat(weights(release)).isEqualTo(weights(studied));
        assertThat(metrics(release).path("study")).isEqualTo(metrics(studied).path("study"));
    }

    @Test
    void aBudgetTooSmallLeavesConfigurationsOut() throws Exception {
        // Four of eight take 4 / 4 + 2 / 4 + 1 / 2 of a run, five 5 / 4 + 3 / 4 + 2 / 2.
        CountingListener heard = new CountingListener();
        Grid<JobConfig> eight = grid("budget").vary("epochs", List.of(2, 4), String::valueOf, (config, epochs) ->
                config.with(config.training().fineTuning().withEpochs(epochs)));
        job(eight, new Budget.Runs(2)).run(heard);
        JsonNode study = metrics(open("budget")).path("study");
        assertThat(study.path("configurations").asInt()).isEqualTo(8);
        assertThat(study.path("budget").asText()).isEqualTo("2 runs");
        assertThat(study.path("trials")).hasSize(4);
        assertThat(heard.notes)
                .anyMatch(line -> line.startsWith("4 of 8 configurations, drawn by seed 5, were tried within 2 runs"));
    }

    @Test
    void whatCanNotHoldIsRefused() {
        JobConfig config = grid("refused").configurations().get(0).config();
        assertThatThrownBy(() -> new StudyConfig(Grid.of(config), new Budget.Runs(2)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--budget is of a study, and no option lists several values to try");
        JobConfig folds = new TinyJob(config).seeds(List.of(5), 0).oneFile(5).config();
        assertThatThrownBy(() -> new StudyConfig(
                        Grid.of(folds).vary("epochs", List.of(1, 2), String::valueOf, (of, epochs) ->
                                of.with(of.training().fineTuning().withEpochs(epochs))),
                        Budget.NONE))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("list one value for epochs, or leave --folds out");
    }

    private static Grid<JobConfig> grid(String store) {
        JobConfig first = TinyJob.of(
                        rows, rows, Optional.of(rows), folder.resolve("encoder"),
                        new FineTuningConfig(2, 8, 1, 0.02, LearningRateSchedule.Shape.LINEAR, 0.1, 0, 24, 0.3,
                                OptimizerConfig.DEFAULT, 5),
                        "file:" + folder.resolve(store))
                .seeds(List.of(5, 6), 0)
                .reasons(JobConfig.Reasons.NONE)
                .config();
        return Grid.of(first)
                .vary("learning-rate", List.of(0.02, 1e-7), String::valueOf, (config, rate) ->
                        config.with(config.training().fineTuning().withLearningRate(rate)))
                .vary("pooling", List.of(Pooling.CLS, Pooling.MEAN), Pooling::title, (config, pooling) ->
                        config.with(new JobConfig.Head(pooling, false)));
    }

    private static FineTuneJob job(Grid<JobConfig> grid, Budget budget) {
        EncoderOptions encoders = EncoderOptions.ofEnvironment(
                Map.of("ENCODER_CACHE", folder.resolve("cache").toString()), EncoderOptions.Listener.SILENT);
        return new FineTuneJob(new StudyConfig(grid, budget), encoders, Map.of(), Clock.systemUTC());
    }

    private static LocalRelease open(String store) throws IOException {
        return new Releases(new FileStore(folder.resolve(store)), "tiny", Clock.systemUTC())
                .open(Optional.empty(), folder.resolve("cache-" + store));
    }

    private static String weights(LocalRelease release) {
        return release.manifest().files().get("model.safetensors").sha256();
    }

    private static JsonNode metrics(LocalRelease release) throws IOException {
        return new ObjectMapper().readTree(release.folder().resolve("metrics.json").toFile());
    }
}
