package org.scibert.training.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;
import org.scibert.io.Json;

import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;

/**
 * References: scikit-learn 1.9.1 on the same rows, TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2) and
 * LogisticRegression(C=C, tol=1e-6), with class_weight={0: 1, 1: negatives / positives} where balanced, and in
 * OneVsRestClassifier for classes.
 */
class WordModelTest {
    private static final LabelSet BINARY = new LabelSet(Task.BINARY, List.of("0", "1"));
    private static final double TOLERANCE = 0.005;

    @Test
    void abstractsAreScoredAsByScikitLearn() throws IOException {
        Rows train = rows("animal-depression-screening/train.jsonl", "label");
        Rows test = rows("animal-depression-screening/test.jsonl", "label");

        WordModel plain = WordModel.fit(BINARY, train, new Settings(10, false));
        assertThat(plain.terms()).isEqualTo(26409);
        float[] logits = plain.logits(test);
        assertThat(logits[0]).isEqualTo(-3.33714f, within(0.01f));
        assertThat(logits[1]).isEqualTo(-3.53618f, within(0.01f));
        assertThat(binary(logits, test)).isEqualTo(0.747647, within(TOLERANCE));

        WordModel balanced = WordModel.fit(BINARY, train, new Settings(1, true));
        assertThat(balanced.logits(test)[0]).isEqualTo(-1.42317f, within(0.01f));
        assertThat(binary(balanced.logits(test), test)).isEqualTo(0.743159, within(TOLERANCE));
    }

    @Test
    void sentencesAreScoredAsByScikitLearn() throws IOException {
        Rows train = rows("cs-abstract-sentences/train.jsonl", "label");
        Rows test = rows("cs-abstract-sentences/test.jsonl", "label");

        WordModel model = WordModel.fit(BINARY, train, new Settings(1, false));
        assertThat(model.terms()).isEqualTo(21245);
        assertThat(binary(model.logits(test), test)).isEqualTo(0.578513, within(TOLERANCE));
    }

    @Test
    void classesAreScoredAsByScikitLearn() throws IOException {
        LabelSet classes = new LabelSet(
                Task.MULTI_CLASS, List.of("background", "method", "objective", "other", "result"));
        Rows test = rows("cs-abstract-sentences/test.jsonl", "klass");

        WordModel model = WordModel.fit(
                classes, rows("cs-abstract-sentences/train.jsonl", "klass"), new Settings(10, false));
        Metrics metrics = MeasuredSplit.of(classes, test, model.logits(test)).metrics();
        assertThat(metrics.selectionScore()).isEqualTo(0.602842, within(TOLERANCE));
    }

    @Test
    void theSameRowsGiveTheSameModel() throws IOException {
        Rows train = rows("animal-depression-screening/dev.jsonl", "label");
        WordModel first = WordModel.of(BINARY, train);
        WordModel second = WordModel.of(BINARY, train);
        assertThat(second.settings()).isEqualTo(first.settings());
        assertThat(second.logits(train)).containsExactly(first.logits(train));
    }

    @Test
    void fewRowsAndUnknownWordsAreNoFailure() {
        Rows tiny = rows(List.of("a", "b", "c"), List.of(List.of("0"), List.of("1"), List.of("0")));
        WordModel model = WordModel.of(BINARY, tiny);
        assertThat(model.terms()).isZero();
        assertThat(model.logits(tiny)).hasSize(3).containsOnly(model.logits(tiny)[0]);

        LabelSet many = new LabelSet(Task.MULTI_LABEL, List.of("x", "y"));
        Rows labels = rows(
                List.of("cell one", "cell two", "cell one", "no label"),
                List.of(List.of("x"), List.of("x", "y"), List.of("x"), List.of()));
        assertThat(WordModel.of(many, labels).logits(labels)).hasSize(8).doesNotContain(Float.NaN);
    }

    private static double binary(float[] logits, Rows rows) {
        return MeasuredSplit.of(BINARY, rows, logits).metrics().selectionScore();
    }

    private static Rows rows(List<String> texts, List<List<String>> labels) {
        return new Rows(Path.of("rows.jsonl"), "0".repeat(64), false, IntStream.range(0, texts.size())
                .mapToObj(i -> new Row(i + 1, "id", texts.get(i), labels.get(i)))
                .toList());
    }

    /** The bundled samples; Maven runs tests in the module's folder. */
    private static Rows rows(String file, String label) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("samples", file.split("/")))) {
            JsonNode row = Json.MAPPER.readTree(line);
            rows.add(new Row(
                    rows.size() + 1, row.path("id").asText(), row.path("text").asText(),
                    List.of(row.path(label).asText())));
        }
        return new Rows(Path.of(file), "0".repeat(64), false, rows);
    }
}
