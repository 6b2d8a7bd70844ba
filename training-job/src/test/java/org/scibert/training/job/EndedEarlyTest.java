package org.scibert.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scibert.network.Compute;
import org.scibert.network.OptimizerConfig;
import org.scibert.network.TinyEncoder;
import org.scibert.release.Releases;
import org.scibert.release.Version;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import org.scibert.store.StoreException;
import org.scibert.training.cli.TrainingJob;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.finetune.InterruptedRunException;
import org.scibert.training.finetune.LearningRateSchedule;

/** A job that ends after its training and before its release is published: nothing of what it did is lost. */
class EndedEarlyTest {
    @TempDir
    private Path folder;

    private final CountingListener heard = new CountingListener();
    private Path rows;

    @BeforeEach
    void data() throws IOException {
        TinyEncoder.write(folder.resolve("encoder"), 1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lines.add("{\"text\":\"we study cell %s\",\"label\":1}".formatted(i));
            lines.add("{\"text\":\"the method of cell %s\",\"label\":0}".formatted(i));
        }
        rows = Files.write(folder.resolve("rows.jsonl"), lines);
    }

    @Test
    void askedToEndAfterTheTrainingItMeasuresAndPublishesWhenItIsStartedAgain() throws Exception {
        assertThatThrownBy(() -> job().run(heard, () -> heard.epochs == 1))
                .isInstanceOf(InterruptedRunException.class)
                .hasMessageContaining("interrupted after the training, whose result is kept");
        assertThat(versions()).isEmpty();

        job().run(heard);
        assertThat(heard.steps).as("no step was taken twice").isEqualTo(5);
        assertThat(versions()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"FP32, BF16", "ONEDNN, FP32"})
    void aChosenNumberFormatStaysThatInWhichTheJobBegan(Compute began, Compute chosen) throws Exception {
        assertThatThrownBy(() -> job(tiny -> tiny.compute(began, false)).run(heard, () -> heard.steps == 2))
                .isInstanceOf(InterruptedRunException.class);
        job(tiny -> tiny.compute(chosen, true)).run(heard);
        assertThat(heard.steps).as("no step was taken twice").isEqualTo(5);
        assertThat(heard.notes).anySatisfy(note -> assertThat(note)
                .contains("goes on in " + began.name().toLowerCase(Locale.ROOT)));
        assertThat(compute(versions().get(0))).isEqualTo(began.name());
    }

    @Test
    void aNumberFormatThatIsAskedForIsAnotherRun() throws Exception {
        assertThatThrownBy(() -> job(tiny -> tiny.compute(Compute.FP32, false)).run(heard, () -> heard.steps == 2))
                .isInstanceOf(InterruptedRunException.class);
        heard.steps = 0;
        job(tiny -> tiny.compute(Compute.BF16, false)).run(heard);
        assertThat(heard.steps).isEqualTo(5);
    }

    @Test
    void aReleaseThatCannotBeUploadedIsKeptAndPublishedLater() throws Exception {
        Path obstacle = Files.createFile(Files.createDirectories(folder.resolve("store/tiny")).resolve("releases"));
        assertThatThrownBy(() -> job().run(heard)).isInstanceOf(StoreException.class);
        String note = heard.notes.get(heard.notes.size() - 1);
        assertThat(note).startsWith("the finished release is kept; publish it with: releases publish ");

        Files.delete(obstacle);
        String[] command = note.substring(note.indexOf("releases publish")).split(" ");
        StringWriter out = new StringWriter();
        int status = TrainingJob.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(command);
        assertThat(status).isZero();
        assertThat(versions()).hasSize(1);
        assertThat(out.toString()).contains(versions().get(0).toString());
    }

    @Test
    void aStoreThatCannotBeWrittenIsFoundBeforeTheFirstStep() throws Exception {
        Files.createFile(folder.resolve("store"));
        assertThatThrownBy(() -> job().run(heard)).isInstanceOf(StoreException.class);
        assertThat(heard.steps).isZero();
    }

    private List<Version> versions() throws IOException {
        try (ObjectStore store = ObjectStores.open("file:" + folder.resolve("store"), Map.of())) {
            return new Releases(store, "tiny", Clock.systemUTC()).versions();
        }
    }

    /** The number format of the release's training steps, as its provenance records it. */
    private String compute(Version version) throws IOException {
        try (ObjectStore store = ObjectStores.open("file:" + folder.resolve("store"), Map.of())) {
            return new Releases(store, "tiny", Clock.systemUTC()).manifest(version).provenance().configuration()
                    .path("fineTuning").path("optimizer").path("compute").asText();
        }
    }

    private FineTuneJob job() {
        return job(tiny -> tiny);
    }

    private FineTuneJob job(UnaryOperator<TinyJob> change) {
        JobConfig config = change.apply(TinyJob.of(
                        rows, rows, Optional.empty(), folder.resolve("encoder"),
                        new FineTuningConfig(1, 8, 1, 0.02, LearningRateSchedule.Shape.LINEAR, 0.1, 0, 24, 0.3,
                                OptimizerConfig.DEFAULT, 5),
                        "file:" + folder.resolve("store")))
                .config();
        EncoderOptions encoders = EncoderOptions.ofEnvironment(
                Map.of("ENCODER_CACHE", folder.resolve("cache").toString()), EncoderOptions.Listener.SILENT);
        return new FineTuneJob(config, encoders, Map.of(), Clock.systemUTC());
    }
}
