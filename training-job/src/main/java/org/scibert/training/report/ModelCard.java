package org.scibert.training.report;

import java.util.List;
import java.util.stream.Collectors;
import org.scibert.classifier.ModelConfig;
import org.scibert.io.Text;
import org.scibert.network.Pooling;
import org.scibert.release.Provenance;
import org.scibert.training.datacheck.ClassBalance.LabelCount;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.datacheck.DataReport.SplitSummary;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.lexical.Candidate;

/**
 * The release's MODEL_CARD.md: data, scores and limits of the model, for people.
 *
 * @see <a href="https://huggingface.co/docs/hub/model-cards">model cards</a>
 */
public final class ModelCard {
    private ModelCard() {}

    /** The model card as Markdown. */
    public static String markdown(ReportInput input) {
        StringBuilder card = new StringBuilder(CardMetadata.yaml(input));
        card.append(introduction(input));
        input.data().splits().forEach(split -> card.append(data(split, input)));
        card.append("\n\n").append(DataSection.sentence(input.data())).append(" See data-check.json.\n");
        card.append("\n## Evaluation\n\n").append(table(MetricsTable.of(input.assessment().splits())));
        card.append("""

                The intervals are percentile bootstrap intervals; they tell how far a number would move with other rows
                of the same kind.
                """);
        input.study().ifPresent(study -> card.append('\n').append(text(StudySection.sentences(study))).append('\n'));
        input.lexical().ifPresent(choice -> card.append(section(LexicalSection.of(choice, input.assessment()))));
        if (!input.baselines().isEmpty()) {
            card.append(section(BaselineSection.of(input.baselines(), input.assessment())));
        }
        input.run().folds().ifPresent(folds -> card.append(section(FoldsSection.of(folds))));
        card.append(section(DecisionsSection.of(input.assessment())));
        card.append(section(PrecisionsSection.of(input.precisions())));
        input.explanations().ifPresent(found -> card.append(section(ExplanationsSection.of(found))));
        card.append("\n## Limits\n\n").append(input.run().folds().isEmpty()
                ? """
                Calibration and thresholds were chosen on dev, whose scores are a little too good for that; the test
                rows took no part.\
                """
                : """
                The released model was trained on all rows, for all epochs. No row was kept back to measure it: the
                scores are those of models that were trained as it was, each without the rows that it answers here, and
                on fewer rows. Calibration and thresholds were chosen by the same answers.\
                """);
        card.append("""
                \sScores and probabilities hold for text like these rows, with as many positives among
                it, and for nothing else. Errors and leanings of the encoder, and of the people who labelled the rows,
                are in the model too.
                """);
        return card.toString();
    }

    private static String introduction(ReportInput input) {
        ModelConfig model = input.assessment().model();
        FineTuningConfig config = input.run().config();
        Provenance provenance = input.run().provenance();
        return Text.format("""
                # %s

                Classifies scientific text: %s, labels %s.

                Encoder %s (%s), %s, with the head %s → dropout %s → linear. %s Learning rate %s (%s), %s rows a step, \
                at most %s epochs, seed %s. report.html shows how the
                training went and what came of it, in pictures.

                ## Intended use

                To sort texts of the kind that it was trained on, such as abstracts to screen or sentences to label,
                with a person who looks at what matters. Not for decisions about people, and not for text of another
                kind, language or time without measuring it there first: `evaluate --data` does that.

                ## Data

                | split | rows | labels | SHA-256 |
                |---|---|---|---|
                """,
                text(input.title().name()),
                model.network().task().title(),
                text(String.join(", ", model.rule().labels())),
                text(provenance.encoder()),
                text(provenance.configuration().path("encoderRevision").asText()),
                trained(input),
                model.network().pooling() == Pooling.MEAN ? "mean of the tokens" : "[CLS]",
                model.network().headDropout(),
                model.inWindows()
                        ? Text.format(
                                "Texts of more than\n%s tokens are read in windows that overlap.", model.maxTokens())
                        : Text.format("Texts are cut to\n%s tokens.", model.maxTokens()),
                config.learningRate(),
                config.schedule(),
                config.rowsPerStep(),
                config.epochs(),
                seed(input.run()));
    }

    private static String trained(ReportInput input) {
        if (input.lexical().filter(choice -> choice.released().isFrozen()).isPresent()) {
            return "as it was before fine-tuning";
        }
        if (input.lexical().filter(choice -> choice.released() == Candidate.WORDS).isPresent()) {
            return "which is not asked, since words decide alone";
        }
        return input.run().config().optimizer().frozenEncoder() ? "not fine-tuned" : "fine-tuned in all layers";
    }

    /** A seed that was chosen makes dev's scores better than the next one's will be. */
    private static String seed(ReportInput.Run run) {
        int seed = run.config().seed();
        return run.seeds().size() == 1
                ? Integer.toString(seed)
                : Text.format("%s (the best of %s on dev)", seed, run.seeds());
    }

    private static String data(SplitSummary split, ReportInput input) {
        DataReport data = input.data();
        String labels = data.balance().labels().stream()
                .map(label -> count(label, split, input))
                .collect(Collectors.joining(", "));
        return Text.format("| %s | %s | %s | `%s` |\n", split.split(), split.rows(), text(labels), split.sha256());
    }

    private static String count(LabelCount label, SplitSummary split, ReportInput input) {
        return Text.format("%s %s",
                ShownLabels.name(label.label(), input.assessment().model()), label.rows().get(split.split()));
    }

    private static String section(Section section) {
        StringBuilder text = new StringBuilder("\n## " + section.title() + "\n\n" + text(section.intro()) + "\n");
        section.tables().forEach(table ->
                text.append('\n').append(text(table.caption())).append(":\n\n").append(table(table)));
        return text.toString();
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

    /** Text from data as plain text, wherever Markdown is shown as HTML; it doesn't end a cell or a line. */
    private static String text(String text) {
        return text.replaceAll("\\s+", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll("[|*_`\\[\\]\\\\]", "\\\\$0");
    }
}
