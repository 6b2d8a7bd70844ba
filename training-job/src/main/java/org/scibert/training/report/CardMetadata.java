package org.scibert.training.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.io.Json;
import org.scibert.training.datacheck.DataReport.SplitSummary;
import org.scibert.training.evaluation.Metrics;

/**
 * The block of YAML that a model card begins with. Values are written as JSON, which is YAML too: a name can't break
 * out of its quotes.
 *
 * @see <a href="https://github.com/huggingface/hub-docs/blob/main/modelcard.md">the keys</a>
 */
final class CardMetadata {
    private static final String HUB = "hf:";

    private CardMetadata() {}

    static String yaml(ReportInput input) {
        String encoder = input.run().provenance().encoder();
        List<String> metrics = input.assessment().metrics().values().stream()
                .flatMap(measured -> scores(measured).keySet().stream())
                .distinct()
                .toList();
        StringBuilder yaml = new StringBuilder("---\n");
        line(yaml, "language", input.title().language());
        line(yaml, "license", input.title().license());
        line(yaml, "library_name", "scibert-classifier");
        line(yaml, "pipeline_tag", "text-classification");
        line(yaml, "tags", List.of("text-classification", task(input), "bert", "scientific-text"));
        if (encoder.startsWith(HUB)) {
            line(yaml, "base_model", encoder.substring(HUB.length()).replaceFirst("@.*", ""));
            line(yaml, "base_model_relation", "finetune");
        }
        line(yaml, "metrics", metrics);
        line(yaml, "model-index", List.of(ordered("name", input.title().name(), "results", results(input))));
        return yaml.append("---\n").toString();
    }

    /** One result for each split. */
    private static List<Map<String, Object>> results(ReportInput input) {
        List<Map<String, Object>> results = new ArrayList<>();
        for (SplitSummary split : input.data().splits()) {
            Metrics measured = input.assessment().metrics().get(split.split());
            if (measured != null) {
                List<Map<String, Object>> metrics = new ArrayList<>();
                scores(measured).forEach((key, value) ->
                        metrics.add(ordered("type", key, "name", MetricTitles.of(key), "value", value)));
                results.add(ordered(
                        "task", ordered("type", "text-classification", "name", task(input)),
                        "dataset", ordered(
                                "type", "own-rows", "name", input.title().name(), "split", split.split(),
                                "revision", split.sha256()),
                        "metrics", metrics));
            }
        }
        return results;
    }

    private static String task(ReportInput input) {
        return input.assessment().model().network().task().title();
    }

    /** The metrics without the numbers of rows. */
    private static Map<String, Double> scores(Metrics metrics) {
        Map<String, Double> scores = new LinkedHashMap<>(metrics.scalars());
        scores.keySet().removeAll(List.of("rows", "positives"));
        return scores;
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static void line(StringBuilder yaml, String key, Object value) {
        try {
            yaml.append(key).append(": ").append(Json.MAPPER.writeValueAsString(value)).append('\n');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("this is a bug: texts and numbers have no JSON", e);
        }
    }
}
