package org.scibert.training.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.report.MetricTitles;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;

/**
 * The block of YAML that a model card begins with. Values are written as JSON, which is YAML too: a name can't break
 * out of its quotes.
 *
 * @see <a href="https://github.com/huggingface/hub-docs/blob/main/modelcard.md">the keys</a>
 */
final class CardMetadata {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HUB = "hf:";

    private CardMetadata() {}

    static String of(JobConfig config, Encoder encoder, Splits<Rows> splits, Assessment assessment) {
        String task = assessment.model().network().task().title();
        List<String> metrics = new ArrayList<>();
        assessment.metrics().values().forEach(measured -> measured.scalars().keySet().stream()
                .filter(key -> !key.equals("rows") && !key.equals("positives") && !metrics.contains(key))
                .forEach(metrics::add));
        StringBuilder yaml = new StringBuilder("---\n");
        line(yaml, "language", config.release().language());
        line(yaml, "license", config.release().license());
        line(yaml, "library_name", "scibert-classifier");
        line(yaml, "pipeline_tag", "text-classification");
        line(yaml, "tags", List.of("text-classification", task, "bert", "scientific-text"));
        if (encoder.spec().startsWith(HUB)) {
            line(yaml, "base_model", encoder.spec().substring(HUB.length()).replaceFirst("@.*", ""));
            line(yaml, "base_model_relation", "finetune");
        }
        line(yaml, "metrics", metrics);
        line(yaml, "model-index", List.of(
                ordered("name", config.target().name(), "results", results(config, splits, assessment))));
        return yaml.append("---\n").toString();
    }

    /** One result for each split. */
    private static List<Map<String, Object>> results(JobConfig config, Splits<Rows> splits, Assessment assessment) {
        List<Map<String, Object>> results = new ArrayList<>();
        assessment.metrics().forEach((split, measured) -> {
            List<Map<String, Object>> metrics = new ArrayList<>();
            measured.scalars().forEach((key, value) -> {
                if (!key.equals("rows") && !key.equals("positives")) {
                    metrics.add(ordered("type", key, "name", MetricTitles.of(key), "value", value));
                }
            });
            String revision = splits.of(split).sha256();
            results.add(ordered(
                    "task", ordered("type", "text-classification", "name", assessment.model().network().task().title()),
                    "dataset", ordered(
                            "type", "own-rows", "name", config.target().name(), "split", split, "revision", revision),
                    "metrics", metrics));
        });
        return results;
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
            yaml.append(key).append(": ").append(JSON.writeValueAsString(value)).append('\n');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers have no JSON; this is a bug", e);
        }
    }
}
