package org.scibert.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.classifier.Classification;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ModelConfig;
import org.scibert.classifier.TinyRelease;
import org.scibert.decision.Task;
import org.scibert.lexicon.Blend;
import org.scibert.lexicon.TinyLexicon;
import org.scibert.release.Provenance;
import org.scibert.release.Releases;
import org.scibert.release.Version;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;

/** In Spark's local mode, with two threads that share the executor's model. */
class ScreeningTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROWS = 300;

    @TempDir
    static Path folder;

    private static SparkSession spark;
    private static ModelAddress model;
    private static ModelAddress manyLabels;

    @BeforeAll
    static void start() throws Exception {
        model = publish("tiny", Task.BINARY, List.of("other", "objective"));
        manyLabels = publish("many", Task.MULTI_LABEL, List.of("cells", "method", "results"));
        spark = SparkSession.builder().master("local[2]").config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 3).config("spark.driver.host", "127.0.0.1").getOrCreate();
    }

    @AfterAll
    static void stop() throws IOException {
        spark.close();
    }

    @Test
    void everyRowIsInTheResultOnceWithTheModelsAnswerOrItsError(@TempDir Path run) throws Exception {
        List<String> lines = lines(ROWS);
        lines.set(100, "{\"id\":\"r100\",\"text\":");
        lines.set(101, "{\"id\":\"r101\"}");
        lines.set(102, "{\"id\":\"r102\",\"text\":\" \\u200b \"}");
        lines.set(103, "{\"id\":\"r103\",\"text\":\"" + "a".repeat(20_001) + "\"}");
        Path input = Files.createDirectory(run.resolve("input"));
        Files.write(input.resolve("a.jsonl"), lines.subList(0, 150));
        Files.write(input.resolve("b.jsonl"), lines.subList(150, ROWS));

        Screening.Summary done = screen(run, model);

        assertThat(done).isEqualTo(new Screening.Summary(model.version(), ROWS, 4, distinct(lines)));
        Map<String, JsonNode> rows = rows(run, model);
        assertThat(rows).hasSize(ROWS);
        assertThat(rows.get("null").at("/error/code").asText()).isEqualTo("invalid_json");
        assertThat(rows.get("r101").at("/error/code").asText()).isEqualTo("blank_text");
        assertThat(rows.get("r102").at("/error/code").asText()).isEqualTo("blank_text");
        assertThat(rows.get("r103").at("/error/code").asText()).isEqualTo("text_too_long");
        try (Classifier classifier = model.open()) {
            for (int i = 0; i < ROWS; i += 7) {
                Classification found = classifier.classify(List.of(text(i))).get(0);
                JsonNode row = rows.get("r" + i);
                String label = found.decision().chosen().get(0);
                assertThat(row.get("digest").asText()).isEqualTo(sha256(text(i)));
                assertThat(row.get("version").asText()).isEqualTo(model.version());
                assertThat(row.get("label").asText()).isEqualTo(label);
                assertThat(row.get("probability").asDouble())
                        .isCloseTo(found.decision().probabilities().get(label), within(1e-6));
                assertThat(row.at("/tokens/used").asInt()).isEqualTo(found.tokensUsed());
                assertThat(row.has("error")).isFalse();
            }
        }
    }

    @Test
    void anotherRunClassifiesOnlyWhatIsNew(@TempDir Path run) throws Exception {
        Path input = run.resolve("input");
        Files.write(input, lines(40));
        screen(run, model);
        Map<String, JsonNode> first = rows(run, model);

        assertThat(screen(run, model).classified()).isZero();
        assertThat(rows(run, model)).isEqualTo(first);

        Files.write(input, lines(50));
        assertThat(screen(run, model)).isEqualTo(new Screening.Summary(model.version(), 50, 0,
                distinct(lines(50)) - distinct(lines(40))));
        assertThat(rows(run, model)).hasSize(50).containsAllEntriesOf(first);
    }

    @Test
    void anAnswerThatIsThereTwiceGivesARowOnce(@TempDir Path run) throws Exception {
        Files.write(run.resolve("input"), lines(5));
        screen(run, model);
        Path answers = run.resolve("output").resolve(model.version()).resolve("answers");
        try (Stream<Path> parts = Files.list(answers)) {
            for (Path part : parts.filter(p -> p.getFileName().toString().startsWith("part-")).toList()) {
                Files.copy(part, answers.resolve("part-9" + part.getFileName().toString().substring(6)));
            }
        }

        assertThat(screen(run, model).rows()).isEqualTo(5);
        assertThat(rows(run, model)).hasSize(5);
    }

    @Test
    void aModelWithManyLabelsGivesAllThatAreChosen(@TempDir Path run) throws Exception {
        Files.write(run.resolve("input"), lines(3));
        screen(run, manyLabels);

        try (Classifier classifier = manyLabels.open()) {
            rows(run, manyLabels).forEach((id, row) -> {
                var decision = classifier.classify(List.of(text(Integer.parseInt(id.substring(1))))).get(0).decision();
                decision.probabilities().forEach((label, probability) -> assertThat(
                        row.at("/probabilities/" + label).asDouble()).isCloseTo(probability, within(1e-6)));
                assertThat(row.get("labels")).extracting(JsonNode::asText).isEqualTo(decision.chosen());
                assertThat(row.has("label")).isFalse();
                assertThat(row.get("probabilities").fieldNames()).toIterable()
                        .containsExactly("cells", "method", "results");
            });
        }
    }

    @Test
    void aReleaseThatCannotBeOpenedEndsTheRunAndNothingIsWritten(@TempDir Path run) throws Exception {
        Files.write(run.resolve("input"), lines(3));
        ModelAddress missing = new ModelAddress(model.store(), model.name(), "20200101T000000Z-00000000");

        assertThatThrownBy(() -> screen(run, missing)).hasStackTraceContaining("ReleaseNotFoundException");

        assertThat(run.resolve("output").resolve(missing.version()).resolve("rows")).doesNotExist();
    }

    @Test
    void noTextIsLogged(@TempDir Path run) throws Exception {
        Files.write(run.resolve("input"),
                List.of("{\"text\":\"confidential\"}", "{\"text\":\"confidential\"", "confidential"));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setOut(both);
            System.setErr(both);
            screen(run, model);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }

        assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("confidential");
    }

    @Test
    void theVersionInServiceIsTaken() throws Exception {
        assertThat(ModelAddress.resolve(model.store(), "tiny", Optional.empty())).isEqualTo(model);
        assertThatThrownBy(() -> ModelAddress.resolve(model.store(), "none", Optional.empty()))
                .hasMessageContaining("none has no release in service");
    }

    private static Screening.Summary screen(Path run, ModelAddress model) throws Exception {
        return new Screening(spark, run.resolve("input").toString(), run.resolve("output").toString(), model).run();
    }

    /** The rows by id; fails if two have the same. */
    private static Map<String, JsonNode> rows(Path run, ModelAddress model) throws IOException {
        Path rows = run.resolve("output").resolve(model.version()).resolve("rows");
        assertThat(rows.resolve("_SUCCESS")).exists();
        List<String> lines = new ArrayList<>();
        try (Stream<Path> parts = Files.list(rows)) {
            for (Path part : parts.filter(p -> p.getFileName().toString().startsWith("part-")).toList()) {
                lines.addAll(Files.readAllLines(part));
            }
        }
        return lines.stream().map(ScreeningTest::json)
                .collect(Collectors.toMap(row -> row.path("id").asText("null"), row -> row));
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private static List<String> lines(int rows) {
        return IntStream.range(0, rows).mapToObj(i -> JSON.createObjectNode().put("id", "r" + i).put("text", text(i))
                .put("other", i).toString()).collect(Collectors.toCollection(ArrayList::new));
    }

    /** Of varied length; the last quarter of each 40 repeats texts of the first. */
    private static String text(int row) {
        int kind = row % 40 >= 30 ? row % 40 - 30 : row;
        return "We study cell %d, Größe 数 \"%s\".".formatted(kind, "the method ".repeat(kind % 9));
    }

    private static long distinct(List<String> lines) {
        return lines.stream().filter(line -> line.contains("We study"))
                .map(line -> json(line).get("text").asText()).distinct().count();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static ModelAddress publish(String name, Task task, List<String> labels) throws Exception {
        String uri = "file:" + folder.resolve("store");
        Path files = TinyRelease.write(folder.resolve(name), task, labels, 1);
        if (task == Task.MULTI_LABEL) { // decides by words beside its network
            ModelConfig.read(files)
                    .with(new Blend(List.of(0.5, 1., 0.), List.of(2., 0.5, 1.), List.of(0., -1., 0.25)))
                    .write(files);
            TinyLexicon.of(labels.size()).write(files);
        }
        Provenance provenance = new Provenance(Map.of(), "tiny", "0".repeat(64), 1,
                JsonNodeFactory.instance.objectNode(), Map.of(), "test");
        try (ObjectStore store = ObjectStores.open(uri, Map.of())) {
            Releases releases = new Releases(store, name, Clock.systemUTC());
            Version version = releases.publish(files, provenance).version();
            releases.promote(version);
            return new ModelAddress(uri, name, version.toString());
        }
    }
}
