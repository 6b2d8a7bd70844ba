package org.scibert.training.report;

import java.util.ArrayList;
import java.util.List;
import org.scibert.classifier.ModelConfig;
import org.scibert.io.Text;
import org.scibert.training.assessment.Assessment;
import org.scibert.training.calibration.FittedDecisions;
import org.scibert.training.rows.Split;

/** The section on decisions, of the report and the model card: calibration, thresholds and review band. */
final class DecisionsSection {
    private DecisionsSection() {}

    static Section of(Assessment assessment) {
        FittedDecisions decisions = assessment.decisions();
        ModelConfig model = assessment.model();
        List<Table> tables = new ArrayList<>();
        tables.add(Table.texts("Calibration: a logit z becomes slope · z + intercept",
                List.of("Label", "Method", "Slope", "Intercept"),
                decisions.calibration().stream().map(line -> calibration(line, model)).toList()));
        boolean crossValidated = assessment.splits().containsKey(Split.OUT_OF_FOLD);
        tables.add(Table.texts("Thresholds, and what they do " + (crossValidated ? "out of fold" : "on dev"),
                List.of("Label", "Threshold", "Rule", "Precision", "Recall", "Lower bound of the aim"),
                decisions.thresholds().stream().map(t -> threshold(t, model)).toList()));
        if (decisions.review() != null) {
            tables.add(review(decisions.review(), crossValidated));
        }
        tables.add(Table.texts(
                "Notes", List.of(crossValidated ? "What the rows could not give" : "What dev could not give"),
                decisions.notes().stream().map(List::of).toList()));
        return Section.of("decisions", "Decisions",
                Text.format("Chosen %s and stored in the release; bounds have a one-sided confidence of %s.",
                        crossValidated ? "by the out-of-fold answers" : "on dev",
                        Format.compact(decisions.confidence())),
                tables);
    }

    private static List<String> calibration(FittedDecisions.Line line, ModelConfig model) {
        return List.of(
                line.label() == null ? "all" : ShownLabels.name(line.label(), model),
                line.method().title(),
                Format.score(line.slope()),
                Format.score(line.intercept()));
    }

    private static List<String> threshold(FittedDecisions.Threshold t, ModelConfig model) {
        return List.of(
                ShownLabels.name(t.label(), model),
                Format.score(t.threshold()),
                t.rule(),
                Format.score(t.precision()),
                Format.score(t.recall()),
                Format.score(t.lowerBound()));
    }

    private static Table review(FittedDecisions.Band band, boolean crossValidated) {
        return Table.numbers(
                Text.format("Review: a person is asked from %s to %s, for an error budget of %s",
                        Format.score(band.low()), Format.score(band.high()), Format.compact(band.errorBudget())),
                List.of(crossValidated ? "Out of fold" : "On dev", "Rows", "Wrong", "Share", "Upper bound"),
                List.of(
                        side("included", band.included()),
                        side("excluded", band.excluded()),
                        side("decided", band.decided()),
                        List.of("asked", Integer.toString(band.asked()), Format.NONE, Format.NONE, Format.NONE)));
    }

    private static List<String> side(String name, FittedDecisions.Side side) {
        return List.of(
                name,
                Integer.toString(side.rows()),
                Integer.toString(side.wrong()),
                Format.percent(side.share()),
                Format.percent(side.upperBound()));
    }
}
