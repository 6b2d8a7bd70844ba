package org.scibert.training.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scibert.classifier.ModelConfig;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.io.Json;
import org.scibert.network.NetworkConfig;
import org.scibert.network.TinyEncoder;
import org.scibert.training.assessment.Assessment;
import org.scibert.training.baseline.Baseline.Verdict;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.calibration.FittedDecisions;
import org.scibert.training.calibration.ThresholdRule.BestF1;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Measurement;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

class BaselineTest {
    private static final DecisionConfig CONFIG =
            new DecisionConfig(new BestF1(), Optional.of(0.2), DecisionConfig.DEFAULT_CONFIDENCE);

    @Test
    void aModelThatRanksByChanceIsWorseThanWords() {
        Baseline found = baseline(Task.BINARY, true, 0);
        assertThat(found.comparison().verdict()).isEqualTo(Verdict.WORSE);
        assertThat(found.comparison().high()).isNegative();
        assertThat(found.sentence().orElseThrow())
                .startsWith("On test, the released model is worse than TF-IDF with logistic regression, which costs"
                        + " next to nothing: prAuc 0.")
                .contains("with a confidence of 95 %.", "--lexical auto");
    }

    @Test
    void aModelThatReadsWhatWordsDoNotTellIsBetter() {
        Baseline found = baseline(Task.BINARY, false, 5);
        assertThat(found.comparison().verdict()).isEqualTo(Verdict.BETTER);
        assertThat(found.comparison().low()).isPositive();
        assertThat(found.sentence().orElseThrow()).doesNotContain("Try");
    }

    @Test
    void modelsThatRankAlikeAreNotDistinguishable() {
        assertThat(baseline(Task.BINARY, true, 5).comparison().verdict()).isEqualTo(Verdict.NOT_DISTINGUISHABLE);
        assertThat(baseline(Task.BINARY, false, 0).comparison().verdict()).isEqualTo(Verdict.NOT_DISTINGUISHABLE);
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void eachTaskHasScoresWithIntervalsInJson(Task task) {
        JsonNode json = Json.MAPPER.valueToTree(baseline(task, true, 2));
        assertThat(json.fieldNames()).toIterable()
                .containsExactly("c", "classWeights", "terms", "trainingRows", "splits", "comparison");
        assertThat(json.path("trainingRows").asInt()).isEqualTo(120);
        String measure = task == Task.BINARY ? "prAuc" : "macroF1";
        for (String split : List.of("dev", "test")) {
            assertThat(json.path("splits").path(split).path(measure).asDouble()).isGreaterThan(0.95);
            assertThat(json.path("splits").path(split).path("intervals").path(measure)).hasSize(2);
        }
        assertThat(json.path("comparison").path("split").asText()).isEqualTo("test");
        assertThat(json.path("comparison").path("measure").asText()).isEqualTo(measure);
        assertThat(json.path("comparison").path("verdict").asText()).isIn("better", "worse", "not distinguishable");
    }

    @Test
    void theSameRowsGiveTheSameBaseline() {
        assertThat(baseline(Task.BINARY, true, 1)).isEqualTo(baseline(Task.BINARY, true, 1));
    }

    @Test
    void theLinesOfTheCommandLineNameBothModels() {
        LabelSet labels = labels(Task.BINARY);
        Splits<Rows> splits = splits(labels, true);
        Assessment released = released(labels, splits, 1);
        List<String> lines = Baseline.lines(List.of(words(labels, splits, CONFIG, released)), released);
        assertThat(lines).hasSize(5);
        assertThat(lines.get(2))
                .matches("test  released model {21}prAuc 0\\.\\d{4} \\(95 %: 0\\.\\d{4} to [01]\\.\\d{4}\\)");
        assertThat(lines.get(3)).startsWith("test  TF-IDF with logistic regression    prAuc ");
    }

    /**
     * @param words whether the words of a text tell its label
     * @param strength of the released model's logits, against noise of 1
     */
    private static Baseline baseline(Task task, boolean words, double strength) {
        LabelSet labels = labels(task);
        Splits<Rows> splits = splits(labels, words);
        return words(
                labels, splits, task == Task.BINARY ? CONFIG : new DecisionConfig(new BestF1(), Optional.empty(), 0.95),
                released(labels, splits, strength));
    }

    private static Baseline words(LabelSet labels, Splits<Rows> splits, DecisionConfig config, Assessment released) {
        WordModel words = WordModel.of(labels, splits.train());
        Map<Split, float[]> logits = new EnumMap<>(Split.class);
        splits.heldOut().forEach((split, rows) -> logits.put(split, words.logits(rows)));
        return Baseline.of(words, logits, splits, labels, config, released);
    }

    private static LabelSet labels(Task task) {
        return new LabelSet(task, task == Task.BINARY ? List.of("0", "1") : List.of("aim", "method", "result"));
    }

    private static Splits<Rows> splits(LabelSet labels, boolean words) {
        return new Splits<>(rows(labels, words, 1), rows(labels, words, 2), rows(labels, words, 3));
    }

    private static Rows rows(LabelSet labels, boolean words, int seed) {
        Random random = new Random(seed);
        int count = labels.labels().size();
        return new Rows(
                Path.of("rows.jsonl"), "0".repeat(64), labels.task() == Task.MULTI_LABEL, IntStream.range(0, 120)
                .mapToObj(i -> {
                    String label = labels.labels().get(i % count);
                    String text =
                            (words ? "about " + label + "x" : "about something") + " in mice " + random.nextInt(50);
                    return new Row(i + 1, Integer.toString(i), text, List.of(label));
                })
                .toList());
    }

    private static Assessment released(LabelSet labels, Splits<Rows> splits, double strength) {
        DecisionRule rule = new DecisionRule(labels.task(), labels.labels(), DecisionRule.DEFAULT_THRESHOLD);
        Map<Split, float[]> logits = new EnumMap<>(Split.class);
        Map<Split, Measurement> measured = new EnumMap<>(Split.class);
        splits.heldOut().forEach((split, rows) -> {
            logits.put(split, logits(labels, rows, strength, new Random(split.ordinal())));
            measured.put(split, MeasuredSplit.of(rule, labels, rows, logits.get(split)).measurement());
        });
        int outputs = labels.task().outputs(labels.labels().size());
        ModelConfig model = new ModelConfig(
                new NetworkConfig(TinyEncoder.config(), labels.task(), outputs, 0.3), rule, labels.labels(), 24);
        return new Assessment(
                model, new FittedDecisions(0.95, List.of(), List.of(), null), measured, Map.of(), logits,
                Optional.empty());
    }

    private static float[] logits(LabelSet labels, Rows rows, double strength, Random random) {
        int outputs = labels.task().outputs(labels.labels().size());
        int first = labels.labels().size() - outputs;
        float[] logits = new float[rows.size() * outputs];
        for (int i = 0; i < logits.length; i++) {
            boolean has = rows.rows().get(i / outputs).labels().contains(labels.labels().get(first + i % outputs));
            logits[i] = (float) (random.nextGaussian() + (has ? strength : -strength));
        }
        return logits;
    }
}
