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
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.classifier.Classifier;
import org.scibert.explain.Explainer.Question;
import org.scibert.explain.Explainer;
import org.scibert.explain.Explanation.Method;
import org.scibert.explain.Explanation.Neighbour;
import org.scibert.io.Text;
import org.scibert.network.OptimizerConfig;
import org.scibert.network.TinyEncoder;
import org.scibert.release.LocalRelease;
import org.scibert.release.Releases;
import org.scibert.store.ObjectStores;
import org.scibert.training.assessment.Faithfulness;
import org.scibert.training.bench.ExplanationBench.Measured;
import org.scibert.training.bench.ExplanationBench;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.finetune.LearningRateSchedule;
import org.scibert.training.rows.ReadOptions;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.RowReader;

/**
 * What a job puts into a release for explanations, on a tiny network that has learned one word: "cell" is the reason.
 */
class ReasonsTest {
    private static final List<String> WORDS = List.of("we", "study", "the", "method", "results", "a", "b", "c", "d");
    private static final JobConfig.Reasons ALL = new JobConfig.Reasons(50, JobConfig.Neighbours.TEXTS, 3);

    @TempDir
    private static Path folder;

    private static LocalRelease release;
    private static JsonNode metrics;

    @BeforeAll
    static void train() throws Exception {
        TinyEncoder.write(folder.resolve("encoder"), 1);
        FineTuningConfig fineTuning = new FineTuningConfig(
                12, 8, 1, 0.02, LearningRateSchedule.Shape.LINEAR, 0.1, 0, 24, 0, OptimizerConfig.DEFAULT, 7);
        JobConfig config = TinyJob.of(
                        rows("train.jsonl", 1, 240), rows("dev.jsonl", 2, 240), Optional.empty(),
                        folder.resolve("encoder"), fineTuning, "file:" + folder.resolve("store"))
                .labelNames("0=without,1=with")
                .reasons(ALL)
                .config();
        EncoderOptions encoders = EncoderOptions.ofEnvironment(
                Map.of("ENCODER_CACHE", folder.resolve("cache").toString()), EncoderOptions.Listener.SILENT);
        new FineTuneJob(config, encoders, Map.of(), Clock.systemUTC()).run(new SilentListener());
        try (var objects = ObjectStores.open("file:" + folder.resolve("store"), Map.of())) {
            release = new Releases(objects, "tiny", Clock.systemUTC())
                    .open(Optional.empty(), folder.resolve("releases"));
        }
        metrics = new ObjectMapper().readTree(release.file("metrics.json").toFile());
    }

    /** Sentences of random words; every other one has the word that decides. */
    private static Path rows(String name, long seed, int count) throws Exception {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> words = new ArrayList<>();
            for (int w = 3 + random.nextInt(4); w > 0; w--) {
                words.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            if (i % 2 == 0) {
                words.set(random.nextInt(words.size()), "cell");
            }
            lines.add(Text.format("{\"id\":\"%s-%d\",\"text\":\"%s.\",\"label\":%d}",
                    name.charAt(0), i, String.join(" ", words), 1 - i % 2));
        }
        return Files.write(folder.resolve(name), lines);
    }

    @Test
    void aPlantedWordComesFirstAndOfTwoTextsTheRightOneWeighsMore() throws Exception {
        try (Classifier classifier = Classifier.open(release.folder())) {
            Measured found = new ExplanationBench(
                            classifier,
                            new RowReader(ReadOptions.DEFAULT, false, Integer.MAX_VALUE)
                                    .read(folder.resolve("dev.jsonl")))
                    .run(60, List.of(Method.DEFAULT), stage -> { })
                    .get(Method.DEFAULT);

            assertThat(found.plantedFirst().texts()).isGreaterThanOrEqualTo(50);
            assertThat(found.plantedFirst().share()).isGreaterThanOrEqualTo(0.95);
            assertThat(found.rightText().texts()).isGreaterThanOrEqualTo(50);
            assertThat(found.rightText().share()).isGreaterThanOrEqualTo(0.9);
            assertThat(found.millis()).isPositive();
        }
    }

    @Test
    void theReleaseSaysHowFaithfulItsExplanationsAre() throws Exception {
        JsonNode explanations = metrics.path("explanations");
        assertThat(explanations.path("method").asText()).isEqualTo(Method.DEFAULT.title());
        assertThat(explanations.path("precision").asText()).isEqualTo(metrics.at("/precisions/served").asText());
        assertThat(explanations.path("rows").asInt()).isEqualTo(50);
        assertThat(explanations.path("betterThanRandom").asBoolean()).isTrue();
        JsonNode comprehensiveness = explanations.path("comprehensiveness");
        assertThat(comprehensiveness.at("/difference/mean").asDouble())
                .isEqualTo(comprehensiveness.path("aopc").asDouble() - comprehensiveness.path("random").asDouble(),
                        within(1e-9))
                .isGreaterThan(0.1);
        assertThat(comprehensiveness.at("/difference/interval/0").asDouble()).isPositive();
        assertThat(comprehensiveness.path("byShare")).hasSize(5);
        assertThat(Files.readString(release.file("MODEL_CARD.md"))).contains("\n## Explanations\n");
        assertThat(Files.readString(release.file("report.html"))).contains("id=\"explanations\"");
        try (Classifier classifier = Classifier.open(release.folder())) {
            Explainer explainer = Explainer.open(release, metrics, classifier);
            assertThat(explainer.explain("we study the cell.", Question.DEFAULT, () -> { }).warning()).isNull();
        }
    }

    @Test
    void theSameRowsGiveTheSameNumbers() throws Exception {
        List<String> texts = new RowReader(ReadOptions.DEFAULT, false, Integer.MAX_VALUE)
                .read(folder.resolve("dev.jsonl")).texts();
        try (Classifier classifier = Classifier.open(release.folder())) {
            Faithfulness once = Faithfulness.of(classifier, texts, 10, Method.DEFAULT, () -> { }).orElseThrow();
            Faithfulness again = Faithfulness.of(classifier, texts, 10, Method.DEFAULT, () -> { }).orElseThrow();
            assertThat(again.comprehensiveness()).isEqualTo(once.comprehensiveness());
            assertThat(again.sufficiency()).isEqualTo(once.sufficiency());
            assertThat(Faithfulness.of(classifier, List.of("cell", "."), 10, Method.DEFAULT, () -> { })).isEmpty();
        }
    }

    @Test
    void trainingRowsAreNamedAsNeighbours() throws Exception {
        List<Row> rows = new RowReader(ReadOptions.DEFAULT, false, Integer.MAX_VALUE)
                .read(folder.resolve("train.jsonl")).rows();
        try (Classifier classifier = Classifier.open(release.folder())) {
            Explainer explainer = Explainer.open(release, metrics, classifier);
            assertThat(explainer.neighbours()).isEqualTo(240);

            List<Neighbour> nearest = explainer.explain(
                            rows.get(6).text(), new Question(Optional.empty(), Method.DEFAULT, 5), () -> { })
                    .neighbours();

            assertThat(nearest).hasSize(5);
            assertThat(nearest.get(0).similarity()).isGreaterThan(0.99);
            assertThat(nearest).extracting(Neighbour::label).containsOnly("with");
            assertThat(nearest).allSatisfy(row ->
                    assertThat(rows).anyMatch(own -> own.id().equals(row.id()) && own.text().equals(row.text())));
        }
        assertThat(Files.size(release.file("neighbours.safetensors"))).isLessThan(240 * 8 * 2 + 300);
    }

    @Test
    void examplesAreDevTextsOfEachLabelInTurn() throws Exception {
        JsonNode examples = new ObjectMapper().readTree(release.file("examples.json").toFile());
        assertThat(examples).extracting(example -> example.path("label").asText())
                .containsExactly("without", "with", "without");
        assertThat(examples.get(1).path("text").asText()).contains("cell");
        List<Row> rows = List.of(
                new Row(1, "1", "long ".repeat(200), List.of("b")), new Row(2, "2", "short", List.of("b")),
                new Row(3, "3", "a text of thirty letters or more", List.of("b")));
        assertThat(Reasons.examples(rows, List.of("a", "b"), 9)).extracting(Row::id).containsExactly("3", "2", "1");
    }

    @Test
    void rowsAreKeptEvenlyWhereTheyAreTooMany() {
        assertThat(Reasons.evenly(3, 5)).containsExactly(0, 1, 2);
        assertThat(Reasons.evenly(10, 4)).containsExactly(0, 2, 5, 7);
    }
}
