package org.scibert.training.job;

import java.util.List;
import java.util.stream.Collectors;
import org.scibert.classifier.ModelConfig;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.datacheck.Finding.Severity;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.report.MetricsTable;
import org.scibert.training.report.Table;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/**
 * The release's MODEL_CARD.md: what it was made from and how well it does, for people.
 *
 * @see <a href="https://huggingface.co/docs/hub/model-cards">model cards</a>
 */
final class ModelCard {
    private ModelCard() {}

    static String of(
            JobConfig config,
            Encoder encoder,
            Splits<Rows> splits,
            LabelSet labels,
            DataReport report,
            Assessment assessment,
            Precisions precisions) {
        ModelConfig model = assessment.model();
        StringBuilder card = new StringBuilder(CardMetadata.of(config, encoder, splits, assessment));
        card.append("""
                # %s

                Classifies scientific text: %s, labels %s.

                Encoder %s (%s), %s, with the head [CLS] → dropout %s → linear. Texts are cut to
                %d tokens. Learning rate %s (%s), %d rows a step, at most %d epochs, seed %s. report.html shows how the
                training went and what came of it, in pictures.

                ## Intended use

                To sort texts of the kind that it was trained on, such as abstracts to screen or sentences to label,
                with a person who looks at what matters. Not for decisions about people, and not for text of another
                kind, language or time without measuring it there first: `evaluate --data` does that.

                ## Data

                | split | rows | labels | SHA-256 |
                |---|---|---|---|
                """.formatted(
                        text(config.target().name()),
                        model.network().task().title(),
                        text(String.join(", ", model.rule().labels())),
                        text(encoder.spec()),
                        text(encoder.revision()),
                        config.training().fineTuning().optimizer().frozenEncoder()
                                ? "not fine-tuned"
                                : "fine-tuned in all layers",
                        model.network().headDropout(),
                        model.maxTokens(),
                        config.training().fineTuning().learningRate(),
                        config.training().fineTuning().schedule(),
                        config.training().fineTuning().rowsPerStep(),
                        config.training().fineTuning().epochs(),
                        seed(config)));
        splits.bySplit().forEach((split, rows) -> card.append(split(split, rows, labels)));
        card.append("""

                %d training rows were left out because they stand in dev or test. The data check found %d errors and %d
                warnings in what is left: data-check.json.
                """.formatted(
                        report.droppedRows(), report.count(Severity.ERROR), report.count(Severity.WARNING)));
        card.append("\n## Evaluation\n\n").append(table(MetricsTable.of(assessment.splits())));
        card.append("""

                The intervals are percentile bootstrap intervals; they tell how far a number would move with other rows
                of the same kind.
                """);
        card.append(DecisionSection.of(assessment.decisions()));
        card.append(PrecisionSection.of(precisions));
        card.append("""

                ## Limits

                Calibration and thresholds were chosen on dev, whose scores are a little too good for that; the test
                rows took no part. Scores and probabilities hold for text like these rows, with as many positives among
                it, and for nothing else. Errors and leanings of the encoder, and of the people who labelled the rows,
                are in the model too.
                """);
        return card.toString();
    }

    /** A seed that was chosen makes dev's scores better than the next one's will be. */
    private static String seed(JobConfig config) {
        int seed = config.training().fineTuning().seed();
        List<Integer> all = config.training().seeds();
        return all.size() == 1 ? Integer.toString(seed) : "%d (the best of %s on dev)".formatted(seed, all);
    }

    private static String split(Split split, Rows rows, LabelSet labels) {
        return "| %s | %d | %s | `%s` |%n".formatted(
                split, rows.size(), text(labels.counts(rows).toString()), rows.sha256());
    }

    private static String table(Table table) {
        StringBuilder lines = new StringBuilder(line(table.columns()));
        lines.append("|---".repeat(table.columns().size())).append("|\n");
        table.rows().forEach(row -> lines.append(line(row)));
        return lines.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().map(ModelCard::text).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** A name from data as plain text, wherever Markdown is shown as HTML; it doesn't end a cell or a line. */
    static String text(String name) {
        return name.replaceAll("\\s+", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll("[|*_`\\[\\]\\\\]", "\\\\$0");
    }
}
