package org.scibert.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ModelConfig;
import org.scibert.io.Json;
import org.scibert.lexicon.Lexicon;
import org.scibert.network.OptimizerConfig;
import org.scibert.network.Pooling;
import org.scibert.network.TinyEncoder;
import org.scibert.release.LocalRelease;
import org.scibert.release.Releases;
import org.scibert.store.ObjectStores;
import org.scibert.training.assessment.ReleaseEvaluation;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.finetune.LearningRateSchedule;
import org.scibert.training.lexical.LexicalMode;
import org.scibert.training.replay.Replay;
import org.scibert.training.replay.ReplayFiles;
import org.scibert.training.rows.ReadOptions;
import org.scibert.training.rows.RowReader;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/** Rows whose label only rare words tell, which the tiny encoder reads letter by letter and learns little of. */
class LexicalJobTest {
    private static final List<String> YES = List.of("zebra", "quagga", "okapi");
    private static final List<String> NO = List.of("walnut", "hazel", "almond");

    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void encoder() throws IOException {
        TinyEncoder.write(folder.resolve("encoder"), 1);
    }

    @Test
    void wordsThatTellTheLabelAreReleasedAndTheReleaseIsReplayed() throws Exception {
        Splits<Path> files = new Splits<>(rows("train", 120), rows("dev", 60), rows("test", 60));
        FineTuneJob.Result result = run(files, LexicalMode.AUTO);
        assertThat(((Metrics.Binary) result.splits().get(Split.TEST)).prAuc()).isGreaterThan(0.95);

        LocalRelease release = current();
        assertThat(release.manifest().files()).containsKeys(Lexicon.VOCABULARY, Lexicon.WEIGHTS);
        assertThat(release.manifest().provenance().configuration().path("lexical").asText()).isEqualTo("auto");
        JsonNode lexical = Json.MAPPER.readTree(release.folder().resolve("metrics.json").toFile()).path("lexical");
        assertThat(lexical.path("released").asText()).contains("words");
        assertThat(lexical.path("scores").path("encoder").asDouble())
                .isLessThan(lexical.path("scores").path(lexical.path("released").asText()).asDouble());
        assertThat(Files.readString(release.folder().resolve("MODEL_CARD.md"))).contains("\n## What decides\n");

        // What is served scores as the job says, and the whole of it is made again from the recorded configuration.
        try (Classifier classifier = Classifier.open(release.folder())) {
            Rows test = new RowReader(ReadOptions.DEFAULT, false, 1000).read(files.test().get());
            Metrics.Binary served = (Metrics.Binary) ReleaseEvaluation.metrics(test, classifier);
            assertThat(served.prAuc())
                    .isEqualTo(((Metrics.Binary) result.splits().get(Split.TEST)).prAuc(), within(1e-9));
        }
        Replay.Result replayed = new Replay(release, encoders())
                .run(new ReplayFiles(files, Optional.of(folder.resolve("encoder").toString())),
                        Files.createDirectory(folder.resolve("replay")), new SilentListener());
        assertThat(replayed.difference()).isEmpty();
    }

    @Test
    void offAndAnEncoderThatIsChosenLeaveTheReleaseAsItWas() throws Exception {
        Splits<Path> files = new Splits<>(rows("train", 60), rows("dev", 30));
        run(files, LexicalMode.OFF);
        LocalRelease release = current();
        assertThat(release.manifest().files()).doesNotContainKeys(Lexicon.VOCABULARY, Lexicon.WEIGHTS);
        assertThat(release.manifest().provenance().configuration().has("lexical")).isFalse();
        assertThat(Files.readString(release.folder().resolve("config.json"))).doesNotContain("blend", "pooling");
        assertThat(Files.readString(release.folder().resolve("metrics.json"))).doesNotContain("\"lexical\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"classes", "lists"})
    void onBlendsEachTask(String labels) throws Exception {
        List<String> lines = new ArrayList<>();
        Random random = new Random(4);
        for (int i = 0; i < 90; i++) {
            String yes = "\"text\":\"study " + YES.get(random.nextInt(3)) + " " + i + "\"";
            String no = "\"text\":\"study " + NO.get(random.nextInt(3)) + " " + i + "\"";
            String other = "\"text\":\"method " + i + "\"";
            lines.add(labels.equals("classes") ? "{" + yes + ",\"label\":\"a\"}" : "{" + yes + ",\"labels\":[\"a\"]}");
            lines.add(labels.equals("classes")
                    ? "{" + no + ",\"label\":\"b\"}"
                    : "{" + no + ",\"labels\":[\"a\",\"b\"]}");
            lines.add(labels.equals("classes") ? "{" + other + ",\"label\":\"c\"}" : "{" + other + ",\"labels\":[]}");
        }
        Path train = Files.write(folder.resolve("train.jsonl"), lines);
        FineTuneJob.Result result = run(new Splits<>(train, train), LexicalMode.ON);
        assertThat(result.splits().get(Split.DEV).selectionScore()).isGreaterThan(0.95);
        assertThat(ModelConfig.read(current().folder()).blend()).isPresent();
    }

    @Test
    void aHeadOnTheMeanThatBeginsWithARegressionIsRecordedAndReplayed() throws Exception {
        Splits<Path> files = new Splits<>(rows("train", 60), rows("dev", 30));
        run(files, LexicalMode.OFF, new JobConfig.Head(Pooling.MEAN, true));
        LocalRelease release = current();
        assertThat(ModelConfig.read(release.folder()).network().pooling()).isEqualTo(Pooling.MEAN);
        JsonNode configuration = release.manifest().provenance().configuration();
        assertThat(configuration.path("pooling").asText()).isEqualTo("mean");
        assertThat(configuration.path("headInit").asText()).isEqualTo("regression");
        assertThat(Files.readString(release.folder().resolve("MODEL_CARD.md")))
                .contains("mean of the tokens → dropout");
        Replay.Result replayed = new Replay(release, encoders())
                .run(new ReplayFiles(files, Optional.of(folder.resolve("encoder").toString())),
                        Files.createDirectory(folder.resolve("replay")), new SilentListener());
        assertThat(replayed.difference()).isEmpty();
    }

    @Test
    void aCrossValidationChoosesByOutOfFoldAnswersAndBlendsThem() throws Exception {
        Random random = new Random(6);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 90; i++) { // beside the word that tells the label, nothing that two texts share
            boolean yes = i % 3 == 0;
            lines.add("{\"text\":\"" + (yes ? YES : NO).get(random.nextInt(3)) + " "
                    + Long.toString(random.nextLong(1L << 60), 36)
                    + " " + Long.toString(random.nextLong(1L << 60), 36) + "\",\"label\":" + (yes ? 1 : 0) + "}");
        }
        Path rows = Files.write(folder.resolve("rows.jsonl"), lines);
        FineTuneJob.Result result =
                crossValidated(rows, LexicalMode.AUTO, 0.002, new JobConfig.Head(Pooling.MEAN, true));
        LocalRelease release = current();
        assertThat(ModelConfig.read(release.folder()).blend()).isPresent();
        assertThat(release.manifest().files()).containsKeys(Lexicon.VOCABULARY, Lexicon.WEIGHTS);
        JsonNode metrics = Json.MAPPER.readTree(release.folder().resolve("metrics.json").toFile());
        assertThat(metrics.path("lexical").path("released").asText()).contains("words");
        assertThat(metrics.path("baselines").path("frozen").path("splits").path("out-of-fold").path("rows").asInt())
                .isEqualTo(90);
        assertThat(metrics.path("precisions").path("measured").path("int8").path("splits").path("out-of-fold")
                .path("prAuc").asDouble()).isGreaterThan(0.95);
        assertThat(((Metrics.Binary) result.splits().get(Split.OUT_OF_FOLD)).prAuc()).isGreaterThan(0.95);
        assertThat(Files.readString(release.folder().resolve("MODEL_CARD.md")))
                .contains("chosen out of fold: ").doesNotContain("on dev");
        Replay.Result replayed = new Replay(release, encoders())
                .run(new ReplayFiles(new Splits<>(rows, rows, rows), Optional.of(folder.resolve("encoder").toString())),
                        Files.createDirectory(folder.resolve("replay")), new SilentListener());
        assertThat(replayed.difference()).isEmpty();
    }

    /** No word is in two texts, and a rate of nearly 0 leaves the head as random as it begins. */
    @Test
    void aCrossValidationMayReleaseTheEncoderThatIsNotFineTuned() throws Exception {
        Random random = new Random(3);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            int first = i % 3 == 0 ? 'a' : 'p';
            String letters = random.ints(8, first, first + 5)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            lines.add("{\"text\":\"" + letters + "\",\"label\":" + (i % 3 == 0 ? 1 : 0) + "}");
        }
        Path rows = Files.write(folder.resolve("letters.jsonl"), lines);
        FineTuneJob.Result result =
                crossValidated(rows, LexicalMode.AUTO, 1e-9, new JobConfig.Head(Pooling.CLS, false, true));
        LocalRelease release = current();
        JsonNode lexical = Json.MAPPER.readTree(release.folder().resolve("metrics.json").toFile()).path("lexical");
        assertThat(lexical.path("released").asText()).isEqualTo("frozen encoder");
        assertThat(notes).contains("the frozen encoder learned from the texts' beginnings: this release cuts texts at"
                + " 24 tokens, though it was to read them in windows; --lexical off releases the trained encoder,"
                + " which does");
        assertThat(ModelConfig.read(release.folder()).inWindows()).isFalse();
        assertThat(result.splits().get(Split.OUT_OF_FOLD).selectionScore())
                .isEqualTo(lexical.path("scores").path("frozen encoder").asDouble(), within(1e-3))
                .isGreaterThan(0.9);
        try (Classifier classifier = Classifier.open(release.folder())) {
            Rows read = new RowReader(ReadOptions.DEFAULT, false, 1000).read(rows);
            assertThat(ReleaseEvaluation.metrics(read, classifier).selectionScore()).isGreaterThan(0.9);
        }
    }

    private FineTuneJob.Result crossValidated(Path rows, LexicalMode mode, double learningRate, JobConfig.Head head)
            throws Exception {
        return run(tiny(new Splits<>(rows, rows, rows), learningRate).lexical(mode).head(head).oneFile(3));
    }

    private FineTuneJob.Result run(Splits<Path> files, LexicalMode mode) throws Exception {
        return run(files, mode, JobConfig.Head.DEFAULT);
    }

    private FineTuneJob.Result run(Splits<Path> files, LexicalMode mode, JobConfig.Head head) throws Exception {
        return run(tiny(files, 0.002).lexical(mode).head(head));
    }

    private TinyJob tiny(Splits<Path> files, double learningRate) {
        return TinyJob.of(
                files.train(), files.dev(), files.test(), folder.resolve("encoder"),
                new FineTuningConfig(1, 8, 1, learningRate, LearningRateSchedule.Shape.LINEAR, 0.1, 0, 24, 0,
                        OptimizerConfig.DEFAULT, 7),
                "file:" + folder.resolve("store"));
    }

    private FineTuneJob.Result run(TinyJob job) throws Exception {
        return new FineTuneJob(job.config(), encoders(), Map.of(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                .run(new SilentListener() {
                    @Override
                    public void noted(String sentence) {
                        notes.add(sentence);
                    }
                });
    }

    private EncoderOptions encoders() {
        return EncoderOptions.ofEnvironment(
                Map.of("ENCODER_CACHE", folder.resolve("cache").toString()), EncoderOptions.Listener.SILENT);
    }

    private LocalRelease current() throws IOException {
        try (var store = ObjectStores.open("file:" + folder.resolve("store"), Map.of())) {
            return new Releases(store, "tiny", Clock.systemUTC()).open(Optional.empty(), folder.resolve("cache"));
        }
    }

    private Path rows(String name, int count) throws IOException {
        Random random = new Random(name.hashCode());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean yes = i % 3 == 0;
            lines.add("{\"text\":\"we study the " + (yes ? YES : NO).get(random.nextInt(3)) + " " + name + " "
                    + random.nextInt(1000) + "\",\"label\":" + (yes ? 1 : 0) + "}");
        }
        return Files.write(folder.resolve(name + ".jsonl"), lines);
    }
}
