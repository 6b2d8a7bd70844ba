package org.scibert.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.classifier.Classification;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ModelConfig;
import org.scibert.drift.DriftReference;
import org.scibert.network.OptimizerConfig;
import org.scibert.network.TinyEncoder;
import org.scibert.release.LocalRelease;
import org.scibert.release.Releases;
import org.scibert.signing.SigningKey;
import org.scibert.store.ObjectStores;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.finetune.LearningRateSchedule;
import org.scibert.training.promotion.PromotionDecision;
import org.scibert.training.promotion.PromotionDecisions;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.Split;

class FineTuneJobTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path folder;

    private String store;

    @BeforeEach
    void encoder() throws IOException {
        TinyEncoder.write(folder.resolve("encoder"), 1);
        store = "file:" + folder.resolve("store");
    }

    @Test
    void binaryRowsBecomeAReleaseThatTellsThemApart() throws Exception {
        Path train = lines("train.jsonl", "{\"text\":\"we study cell %s\",\"label\":1}",
                "{\"text\":\"the method %s\",\"label\":0}", 40);
        Path test = lines("test.jsonl", "{\"text\":\"we study cell b%s\",\"label\":1}",
                "{\"text\":\"the method b%s\",\"label\":0}", 10);
        FineTuneJob.Result result = run(config(train, train, Optional.of(test), "0=other,1=objective"), NOON);

        assertThat(result.splits()).containsOnlyKeys(Split.DEV, Split.TEST);
        assertThat(((Metrics.Binary) result.splits().get(Split.TEST)).rocAuc()).isGreaterThan(0.95);
        assertThat(result.version()).startsWith("20261122T120000Z-");

        LocalRelease release = current();
        assertThat(release.folder().toFile().list()).containsExactlyInAnyOrder(
                "model.safetensors", "model.fp16.safetensors", "model.int8.safetensors", "tokenizer.json",
                "config.json",
                "metrics.json", "data-check.json", "MODEL_CARD.md", "history.csv", "report.html", "drift.json",
                "manifest.json");
        assertThat(release.manifest().provenance().data()).containsOnlyKeys("train", "dev", "test");
        assertThat(release.manifest().provenance().seed()).isEqualTo(7);
        DriftReference reference = DriftReference.read(Files.readAllBytes(release.file(DriftReference.FILE)));
        assertThat(reference.texts()).isEqualTo(80);
        assertThat(reference.labels().keySet()).containsExactly("other", "objective");
        assertThat(reference.labels().values().stream().mapToInt(count -> count).sum()).isEqualTo(80);
        try (Classifier classifier = Classifier.open(release.folder())) {
            List<Classification> answers = classifier.classify(List.of("we study cell 1", "the method 1"));
            assertThat(answers.get(0).decision().chosen()).containsExactly("objective");
            assertThat(answers.get(1).decision().chosen()).containsExactly("other");
        }
        JsonNode metrics = new ObjectMapper().readTree(release.folder().resolve("metrics.json").toFile());
        assertThat(metrics.path("test").path("rows").asInt()).isEqualTo(20);
        assertThat(metrics.path("epochs")).hasSize(12);
        assertThat(metrics.path("baselines").fieldNames()).toIterable().containsExactly("tfidf", "frozen");
        JsonNode baseline = metrics.path("baselines").path("tfidf");
        assertThat(baseline.path("splits").path("test").path("prAuc").asDouble()).isGreaterThan(0.95);
        assertThat(baseline.path("comparison").path("verdict").asText()).isEqualTo("not distinguishable");
        assertThat(Files.readString(release.folder().resolve("MODEL_CARD.md"))).contains("\n## Baselines\n");
        JsonNode precisions = metrics.path("precisions");
        assertThat(precisions.path("measured").fieldNames()).toIterable()
                .containsExactly("fp32", "fp16", "bf16", "int8");
        assertThat(precisions.path("served").asText())
                .isEqualTo(ModelConfig.read(release.folder()).precision().title());
    }

    @Test
    void moreThanTwoLabelsAreClasses() throws Exception {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            rows.add("{\"text\":\"we study %s\",\"label\":\"aim\"}".formatted(i));
            rows.add("{\"text\":\"the method %s\",\"label\":\"method\"}".formatted(i));
            rows.add("{\"text\":\"results ( %s )\",\"label\":\"result\"}".formatted(i));
        }
        Path train = Files.write(folder.resolve("train.jsonl"), rows);
        Metrics.MultiClass dev = (Metrics.MultiClass)
                run(config(train, train, Optional.empty(), ""), NOON).splits().get(Split.DEV);
        assertThat(dev.accuracy()).isGreaterThan(0.95);
    }

    @Test
    void listsOfLabelsAreLearntEachForItself() throws Exception {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            rows.add("{\"text\":\"we study %s\",\"labels\":[\"aim\"]}".formatted(i));
            rows.add("{\"text\":\"we study the method %s\",\"labels\":[\"aim\",\"method\"]}".formatted(i));
            rows.add("{\"text\":\"cell %s\",\"labels\":[]}".formatted(i));
        }
        Path train = Files.write(folder.resolve("train.jsonl"), rows);
        Metrics.MultiLabel dev = (Metrics.MultiLabel)
                run(config(train, train, Optional.empty(), ""), NOON).splits().get(Split.DEV);
        assertThat(dev.macroF1()).isGreaterThan(0.95);
    }

    @Test
    void theSameSeedAndRowsGiveTheSameWeightsByteForByte() throws Exception {
        Path train = lines("train.jsonl", "{\"text\":\"we study cell %s\",\"label\":1}",
                "{\"text\":\"the method %s\",\"label\":0}", 40);
        JobConfig config = config(train, train, Optional.empty(), "");
        run(config, NOON);
        String first = current().manifest().files().get("model.safetensors").sha256();
        run(config, NOON.plus(Duration.ofHours(1)));
        LocalRelease second = current();
        assertThat(second.manifest().version().toString()).startsWith("20261122T130000Z-");
        assertThat(second.manifest().files().get("model.safetensors").sha256()).isEqualTo(first);
    }

    @Test
    void aJobWithAKeySignsAndComparesWithTheVersionInService() throws Exception {
        Path train = lines("train.jsonl", "{\"text\":\"we study cell %s\",\"label\":1}",
                "{\"text\":\"the method %s\",\"label\":0}", 20);
        JobConfig config = config(train, train, Optional.empty(), "");
        SigningKey key = SigningKey.generate();
        Map<String, String> keys =
                Map.of("SIGNING_KEY", key.privatePem(), "MODEL_PUBLIC_KEY", key.publicPem());

        assertThat(run(config, NOON, keys).decision().verdict()).isEqualTo(PromotionDecision.Outcome.FIRST);
        PromotionDecision again = run(config, NOON.plus(Duration.ofHours(1)), keys).decision();

        assertThat(again.verdict()).isEqualTo(PromotionDecision.Outcome.NOT_WORSE);
        assertThat(again.comparison().difference()).isZero();
        assertThat(again.comparison().rows()).isEqualTo(40);
        assertThat(again.split()).isEqualTo(Split.DEV);
        assertThat(again.promoted()).isTrue();
        try (var objects = ObjectStores.open(store, Map.of())) {
            assertThat(new Releases(objects, "tiny", Clock.systemUTC()).signer(again.version())).contains(key.id());
            assertThat(new PromotionDecisions(objects, "tiny").of(again.version())).isPresent();
        }
    }

    @Test
    void aBadKeyEndsTheJobBeforeItReadsARow() {
        Path nowhere = folder.resolve("nowhere.jsonl");
        assertThatThrownBy(() -> run(config(nowhere, nowhere, Optional.empty(), ""), NOON, Map.of("SIGNING_KEY", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SIGNING_KEY ");
    }

    @Test
    void badDataIsRefusedBeforeAnyTraining() throws Exception {
        Path train = lines("train.jsonl", "{\"text\":\"a %s\",\"label\":1}", "{\"text\":\"b %s\",\"label\":0}", 5);
        Path dev = Files.writeString(folder.resolve("dev.jsonl"), "{\"text\":\"a\",\"label\":2}\n");
        assertThatThrownBy(() -> run(config(train, dev, Optional.empty(), ""), NOON))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("dev.jsonl line 1")
                .hasMessageContaining("\"2\"");
        assertThat(folder.resolve("store")).satisfiesAnyOf(
                s -> assertThat(s).doesNotExist(), s -> assertThat(s).isEmptyDirectory());
    }

    private FineTuneJob.Result run(JobConfig config, Instant now) throws IOException {
        return run(config, now, Map.of());
    }

    private FineTuneJob.Result run(JobConfig config, Instant now, Map<String, String> environment) throws IOException {
        EncoderOptions encoders = EncoderOptions.ofEnvironment(
                Map.of("ENCODER_CACHE", folder.resolve("cache").toString()), EncoderOptions.Listener.SILENT);
        return new FineTuneJob(config, encoders, environment, Clock.fixed(now, ZoneOffset.UTC))
                .run(new SilentListener());
    }

    private LocalRelease current() throws IOException {
        try (var objects = ObjectStores.open(store, Map.of())) {
            return new Releases(objects, "tiny", Clock.systemUTC()).open(Optional.empty(), folder.resolve("releases"));
        }
    }

    private JobConfig config(Path train, Path dev, Optional<Path> test, String labelNames) {
        return TinyJob.of(
                        train, dev, test, folder.resolve("encoder"),
                        new FineTuningConfig(12, 8, 1, 0.02, LearningRateSchedule.Shape.LINEAR, 0.1, 0, 24, 0,
                                OptimizerConfig.DEFAULT, 7),
                        store)
                .labelNames(labelNames)
                .config();
    }

    /** So many positives and as many negatives. */
    private Path lines(String name, String positive, String negative, int each) throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            rows.add(positive.formatted(i));
            rows.add(negative.formatted(i));
        }
        return Files.write(folder.resolve(name), rows);
    }
}
