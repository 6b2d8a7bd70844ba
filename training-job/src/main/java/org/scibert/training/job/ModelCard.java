package org.scibert.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Map;
import org.scibert.classifier.ModelConfig;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.datacheck.Severity;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.evaluation.Metrics;
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
            ModelConfig model,
            Encoder encoder,
            Splits splits,
            DataReport report,
            Map<String, Metrics> measured) {
        StringBuilder card = new StringBuilder();
        card.append("""
                ---
                pipeline_tag: text-classification
                base_model: %s
                ---
                # %s

                Classifies scientific text: %s, labels %s.

                Encoder %s (%s), fine-tuned in all layers, with the head [CLS] → dropout %s → linear. Texts are cut to
                %d tokens. Learning rate %s, batch size %d, at most %d epochs, seed %d.

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
                        model.network().headDropout(),
                        model.maxTokens(),
                        config.fineTuning().learningRate(),
                        config.fineTuning().batchSize(),
                        config.fineTuning().epochs(),
                        config.fineTuning().seed()));
        card.append(split("train", splits.train(), splits));
        card.append(split("dev", splits.dev(), splits));
        splits.test().ifPresent(test -> card.append(split("test", test, splits)));
        card.append("""

                %d training rows were left out because they stand in dev or test. The data check found %d errors and %d
                warnings in what is left: data-check.json.
                """.formatted(
                        report.droppedRows(), report.count(Severity.ERROR), report.count(Severity.WARNING)));
        card.append("\n## Metrics\n\n| split | metric | value |\n|---|---|---|\n");
        measured.forEach((name, metrics) -> card.append(metrics(name, metrics)));
        card.append("""

                ## Limits

                The probabilities are not calibrated: with few positives, the weight that training gives them raises
                their probability. The scores hold for text like that of the test rows and for nothing else.
                """);
        return card.toString();
    }

    private static String split(String name, Rows rows, Splits splits) {
        return "| %s | %d | %s | `%s` |%n".formatted(name, rows.size(), splits.labels().counts(rows), rows.sha256());
    }

    private static String metrics(String split, Metrics metrics) {
        StringBuilder lines = new StringBuilder();
        JsonNode json = JSON.valueToTree(metrics);
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (field.getValue().isNumber()) {
                String value = field.getValue().isIntegralNumber()
                        ? field.getValue().asText()
                        : String.format(Locale.ROOT, "%.4f", field.getValue().asDouble());
                lines.append("| %s | %s | %s |%n".formatted(split, field.getKey(), value));
            }
        }
        return lines.toString();
    }
}
