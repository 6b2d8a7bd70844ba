package org.scibert.classifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.scibert.decision.Calibration;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.ReviewBand;
import org.scibert.decision.Task;
import org.scibert.io.Text;
import org.scibert.lexicon.Blend;

/** Reads and writes the keys of config.json that say how logits are blended and become labels. */
final class RuleJson {
    private RuleJson() {}

    static void write(DecisionRule rule, ObjectNode json) {
        json.put("task", rule.task().title());
        rule.labels().forEach(json.putArray("labels")::add);
        if (!rule.calibration().isNone()) {
            ObjectNode calibration = json.putObject("calibration");
            rule.calibration().slopes().forEach(calibration.putArray("slopes")::add);
            rule.calibration().intercepts().forEach(calibration.putArray("intercepts")::add);
        }
        rule.thresholds().forEach(json.putArray("thresholds")::add);
        rule.review().ifPresent(
                band -> json.putObject("review").put("low", band.low()).put("high", band.high()));
    }

    /** @throws IllegalArgumentException if the keys contradict each other or a number is out of its range */
    static DecisionRule read(JsonNode json) {
        Task task = Task.ofTitle(json.path("task").asText());
        List<String> labels = texts(json.path("labels"));
        int outputs = task.outputs(labels.size());
        Calibration calibration = json.has("calibration")
                ? new Calibration(
                        numbers(json.path("calibration").path("slopes")),
                        numbers(json.path("calibration").path("intercepts")))
                : Calibration.none(outputs);
        return new DecisionRule(task, labels, calibration, thresholds(json, task, outputs), review(json));
    }

    /** Releases before calibration have one {@code threshold} for all labels. */
    private static List<Double> thresholds(JsonNode json, Task task, int outputs) {
        if (json.has("thresholds")) {
            return numbers(json.path("thresholds"));
        }
        double threshold = json.path("threshold").asDouble(DecisionRule.DEFAULT_THRESHOLD);
        return Collections.nCopies(task == Task.MULTI_CLASS ? 0 : outputs, threshold);
    }

    private static Optional<ReviewBand> review(JsonNode json) {
        if (!json.has("review")) {
            return Optional.empty();
        }
        JsonNode band = json.path("review");
        return Optional.of(new ReviewBand(number(band.path("low")), number(band.path("high"))));
    }

    static void write(Blend blend, ObjectNode json) {
        ObjectNode factors = json.putObject("blend");
        blend.network().forEach(factors.putArray("network")::add);
        blend.words().forEach(factors.putArray("words")::add);
        blend.intercepts().forEach(factors.putArray("intercepts")::add);
    }

    /** Releases without a lexicon have none. */
    static Optional<Blend> blend(JsonNode json) {
        JsonNode factors = json.path("blend");
        return factors.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Blend(
                        numbers(factors.path("network")),
                        numbers(factors.path("words")),
                        numbers(factors.path("intercepts"))));
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<Double> numbers(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number(number)));
        return numbers;
    }

    private static double number(JsonNode node) {
        if (!node.isNumber()) {
            throw new IllegalArgumentException(Text.format("a number is wanted where %s stands",
                    node.isMissingNode() ? "nothing" : node));
        }
        return node.asDouble();
    }
}
