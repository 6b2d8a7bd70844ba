package org.scibert.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ModelConfig;
import org.scibert.network.OptimizerConfig;
import org.scibert.network.Pooling;
import org.scibert.network.TinyEncoder;
import org.scibert.release.LocalRelease;
import org.scibert.release.Releases;
import org.scibert.store.FileStore;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.finetune.LearningRateSchedule;
import org.scibert.training.replay.Replay;
import org.scibert.training.replay.ReplayFiles;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/** Texts whose labels hang on their last words, beyond the tokens that are read at once. */
class WindowsJobTest {
    @TempDir
    private Path folder;

    @Test
    void aJobLearnsFromTheWindowsThatItsReleaseReads() throws Exception {
        TinyEncoder.write(folder.resolve("encoder"), 1);
        Path rows = rows();
        double cut = prAuc(job(rows, "cut", false).run(new SilentListener()));
        double windows = prAuc(job(rows, "windows", true).run(new SilentListener()));
        assertThat(cut).as("the beginnings are alike").isLessThan(0.7);
        assertThat(windows).isGreaterThan(0.95);

        LocalRelease release = open("windows");
        assertThat(ModelConfig.read(release.folder()).inWindows()).isTrue();
        assertThat(ModelConfig.read(open("cut").folder()).inWindows()).isFalse();
        assertThat(release.manifest().provenance().configuration().path("onTooLong").asText()).isEqualTo("window");
        try (Classifier classifier = Classifier.open(release.folder())) {
            assertThat(classifier.classify(List.of(text(3, 1), text(3, 0))))
                    .extracting(answer -> answer.decision().chosen()).containsExactly(List.of("1"), List.of("0"));
        }
        ReplayFiles files = new ReplayFiles(
                new Splits<>(rows, rows, rows), Optional.of(folder.resolve("encoder").toString()));
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        assertThat(new Replay(release, encoders()).run(files, scratch, new SilentListener()).difference()).isEmpty();
    }

    private Path rows() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            for (int label = 0; label < 2; label++) {
                lines.add("{\"text\":\"%s\",\"label\":%s}".formatted(text(i, label), label));
            }
        }
        return Files.write(folder.resolve("rows.jsonl"), lines);
    }

    /** Ten or more words that say nothing, and two that tell. */
    private static String text(int i, int label) {
        return "cell ".repeat(10 + i % 5) + (label == 1 ? "we study" : "the method");
    }

    private static double prAuc(FineTuneJob.Result result) {
        return ((Metrics.Binary) result.splits().get(Split.TEST)).prAuc();
    }

    private FineTuneJob job(Path rows, String store, boolean inWindows) {
        JobConfig config = TinyJob.of(
                        rows, rows, Optional.of(rows), folder.resolve("encoder"),
                        new FineTuningConfig(12, 8, 1, 0.02, LearningRateSchedule.Shape.LINEAR, 0.1, 0, 8, 0.1,
                                OptimizerConfig.DEFAULT, 7),
                        "file:" + folder.resolve(store))
                .head(new JobConfig.Head(Pooling.CLS, false, inWindows))
                .reasons(JobConfig.Reasons.NONE)
                .config();
        return new FineTuneJob(config, encoders(), Map.of(), Clock.systemUTC());
    }

    private EncoderOptions encoders() {
        return EncoderOptions.ofEnvironment(
                Map.of("ENCODER_CACHE", folder.resolve("cache").toString()), EncoderOptions.Listener.SILENT);
    }

    private LocalRelease open(String store) throws Exception {
        return new Releases(new FileStore(folder.resolve(store)), "tiny", Clock.systemUTC())
                .open(Optional.empty(), folder.resolve("opened-" + store));
    }
}
