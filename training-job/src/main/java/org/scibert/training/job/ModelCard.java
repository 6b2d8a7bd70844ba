package org.scibert.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scibert.classifier.ModelConfig;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.datacheck.Severity;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.evaluation.Measurement;
import org.scibert.training.rows.Rows;

/**
 * The release's MODEL_CARD.md: what it was made from and how well it does, for people.
 *
 * @see <a href="https://huggingface.co/docs/hub/model-cards">model cards</a>
 */
final class ModelCard {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelCard() {}

    static String of(
            JobConfig config,
            Encoder encoder,
            Splits splits,
            DataReport report,
            Assessment assessment,
            Precisions precisions) {
        ModelConfig model = assessment.model();
        StringBuilder card = new StringBuilder();
        card.append("""
                ---
                pipeline_tag: text-classification
                base_model: %s
                ---
                # %s

                Classifies scientific text: %s, labels %s.

                Encoder %s (%s), %s, with the head [CLS] → dropout %s → linear. Texts are cut to
                %d tokens. Learning rate %s (%s), %d rows a step, at most %d epochs, seed %s.

                ## Data

                | split | rows | labels | SHA-256 |
                |---|---|---|---|
                """.formatted(
                        encoder.spec().startsWith("hf:") ? encoder.spec().substring(3) : "\"" + encoder.spec() + "\"",
                        config.name(),
                        model.network().task().title(),
                        String.join(", ", model.rule().labels()),
                        encoder.spec(),
                        encoder.revision(),
                        config.fineTuning().optimizer().frozenEncoder() ? "not fine-tuned" : "fine-tuned in all layers",
                        model.network().headDropout(),
                        model.maxTokens(),
                        config.fineTuning().learningRate(),
                        config.fineTuning().schedule(),
                        config.fineTuning().rowsPerStep(),
                        config.fineTuning().epochs(),
                        seed(config)));
        card.append(split("train", splits.train(), splits));
        card.append(split("dev", splits.dev(), splits));
        splits.test().ifPresent(test -> card.append(split("test", test, splits)));
        card.append("""

                %d training rows were left out because they stand in dev or test. The data check found %d errors and %d
                warnings in what is left: data-check.json.
                """.formatted(
                        report.droppedRows(), report.count(Severity.ERROR), report.count(Severity.WARNING)));
        card.append("\n## Metrics\n\n| split | metric | value | 95 % interval |\n|---|---|---|---|\n");
        assessment.splits().forEach((name, measured) -> card.append(metrics(name, measured)));
        card.append(DecisionSection.of(assessment.decisions()));
        card.append(PrecisionSection.of(precisions));
        card.append("""

                ## Limits

                Calibration and thresholds were chosen on dev, whose scores are a little too good for that; the test
                rows took no part. Scores and probabilities hold for text like these rows, with as many positives among
                it, and for nothing else.
                """);
        return card.toString();
    }

    /** A seed that was chosen makes dev's scores better than the next one's will be. */
    private static String seed(JobConfig config) {
        int seed = config.fineTuning().seed();
        List<Integer> all = config.runs().seeds();
        return all.size() == 1 ? Integer.toString(seed) : "%d (the best of %s on dev)".formatted(seed, all);
    }

    private static String split(String name, Rows rows, Splits splits) {
        return "| %s | %d | %s | `%s` |%n".formatted(name, rows.size(), splits.labels().counts(rows), rows.sha256());
    }

    private static String metrics(String split, Measurement measured) {
        StringBuilder lines = new StringBuilder();
        JsonNode json = JSON.valueToTree(measured);
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (field.getValue().isNumber()) {
                String value = field.getValue().isIntegralNumber()
                        ? field.getValue().asText()
                        : String.format(Locale.ROOT, "%.4f", field.getValue().asDouble());
                JsonNode interval = json.path("intervals").path(field.getKey());
                String ends = interval.isMissingNode() ? "" : String.format(
                        Locale.ROOT, "%.4f to %.4f", interval.get(0).asDouble(), interval.get(1).asDouble());
                lines.append("| %s | %s | %s | %s |%n".formatted(split, field.getKey(), value, ends));
            }
        }
        return lines.toString();
    }
}
