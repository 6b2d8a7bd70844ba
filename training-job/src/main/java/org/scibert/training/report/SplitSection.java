package org.scibert.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.classifier.ModelConfig;
import org.scibert.decision.Task;
import org.scibert.training.evaluation.Details;
import org.scibert.training.evaluation.Details.Interval;
import org.scibert.training.evaluation.Measurement;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.evaluation.Mistake;
import org.scibert.training.report.Section.Matrix;
import org.scibert.training.rows.Split;

/** The report's section on one split: curves, confusion matrices, scores of each label, and the worst mistakes. */
final class SplitSection {
    private SplitSection() {}

    /** @param texts whether the texts of the mistakes are shown */
    static Section of(Split split, ReportInput input, boolean texts) {
        Measurement measured = input.assessment().splits().get(split);
        ModelConfig model = input.assessment().model();
        List<Table> tables = new ArrayList<>();
        labels(measured, model).ifPresent(tables::add);
        tables.add(mistakes(input.assessment().mistakes().getOrDefault(split, List.of()), texts));
        return new Section(
                split.title(),
                switch (split) {
                    case TRAIN -> "Training rows";
                    case DEV -> "Dev rows";
                    case TEST -> "Test rows";
                    case OUT_OF_FOLD -> "Out-of-fold rows";
                },
                switch (split) {
                    case DEV -> "The best epoch, the calibration and the thresholds were chosen by these rows, so that"
                            + " their scores are a little too good.";
                    case OUT_OF_FOLD -> "All rows, each answered by a model that was trained without it and all that is"
                            + " related to it; the released model was trained on them all. Calibration and thresholds"
                            + " were chosen by these answers, so that what depends on them is a little too good;"
                            + " ROC-AUC and PR-AUC are not.";
                    default -> "These rows took no part in training, nor in any choice.";
                },
                charts(measured, model),
                matrices(measured, model),
                tables);
    }

    private static List<Chart> charts(Measurement measured, ModelConfig model) {
        ShownLabels labels = ShownLabels.of(measured.curves(), model);
        List<Chart> charts = new ArrayList<>(List.of(CurveCharts.roc(labels), CurveCharts.precisionRecall(labels)));
        if (measured.details() instanceof Details.MultiClass d) {
            charts.add(CurveCharts.reliability(
                    "Calibration of the predicted class", d.reliability(), d.reliabilityBefore()));
        }
        for (ShownLabels.Label label : labels.closely()) {
            String of = model.network().task() == Task.BINARY ? "" : ": " + label.name();
            if (model.network().task() != Task.MULTI_CLASS) {
                charts.add(CurveCharts.reliability(
                        "Calibration" + of, label.curves().reliability(), label.curves().reliabilityBefore()));
            }
            charts.add(CurveCharts.histogram("Scores" + of, label));
            if (model.network().task() != Task.MULTI_CLASS) {
                charts.add(CurveCharts.thresholds("What each threshold does" + of, label));
            }
        }
        return charts.stream().filter(chart -> !chart.series().isEmpty()).toList();
    }

    private static List<Matrix> matrices(Measurement measured, ModelConfig model) {
        List<String> names = model.rule().labels();
        if (measured.details() instanceof Details.Binary d) {
            return List.of(Matrix.of("Confusion matrix", names, d.confusion()));
        }
        if (measured.details() instanceof Details.MultiClass d) {
            return List.of(Matrix.of("Confusion matrix", names, d.confusion()));
        }
        List<Matrix> matrices = new ArrayList<>();
        List<Details.OfLabel> each = ((Details.MultiLabel) measured.details()).perLabelDetails();
        for (int c = 0; c < names.size(); c++) {
            matrices.add(Matrix.of(
                    "Confusion matrix: " + names.get(c),
                    List.of("without", "with"),
                    each.get(c).details().confusion()));
        }
        return matrices;
    }

    /** The scores of each label; none for binary, whose scores stand in the table of all metrics. */
    private static Optional<Table> labels(Measurement measured, ModelConfig model) {
        List<String> names = model.rule().labels();
        List<List<String>> rows = new ArrayList<>();
        if (measured.metrics() instanceof Metrics.MultiClass m && measured.details() instanceof Details.MultiClass d) {
            for (int c = 0; c < names.size(); c++) {
                Metrics.OfClass own = m.perClass().get(c);
                Details.OfClass more = d.perClassDetails().get(c);
                rows.add(label(names.get(c), own.support(), own.precision(), own.recall(), own.f1(), more.intervals(),
                        more.rocAuc(), more.prAuc()));
            }
        }
        if (measured.metrics() instanceof Metrics.MultiLabel m && measured.details() instanceof Details.MultiLabel d) {
            for (int c = 0; c < names.size(); c++) {
                Metrics.OfLabel own = m.perLabel().get(c);
                rows.add(label(names.get(c), own.support(), own.precision(), own.recall(), own.f1(),
                        d.perLabelDetails().get(c).details().intervals(), own.rocAuc(), own.prAuc()));
            }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(Table.numbers(
                "Each label",
                List.of("Label", "Rows", "Precision", "95 %", "Recall", "95 %", "F1", "95 %", "ROC-AUC", "PR-AUC"),
                rows));
    }

    private static List<String> label(
            String label,
            int support,
            double precision,
            double recall,
            double f1,
            Map<String, Interval> intervals,
            Double rocAuc,
            Double prAuc) {
        return List.of(
                label,
                Integer.toString(support),
                Format.score(precision),
                Format.interval(intervals.get("precision")),
                Format.score(recall),
                Format.interval(intervals.get("recall")),
                Format.score(f1),
                Format.interval(intervals.get("f1")),
                Format.score(rocAuc),
                Format.score(prAuc));
    }

    private static Table mistakes(List<Mistake> mistakes, boolean texts) {
        List<String> columns = new ArrayList<>(List.of("Row", "Line", "Labelled", "Predicted", "Probability", "Loss"));
        if (texts) {
            columns.add("Text");
        }
        List<List<String>> rows = new ArrayList<>();
        for (Mistake mistake : mistakes) {
            List<String> row = new ArrayList<>(List.of(
                    mistake.id(),
                    Integer.toString(mistake.line()),
                    names(mistake.gold()),
                    names(mistake.predicted()),
                    Format.score(mistake.probability()),
                    Format.score(mistake.loss())));
            if (texts) {
                row.add(mistake.text());
            }
            rows.add(row);
        }
        return Table.texts(
                "The worst mistakes: probability of what the row is labelled, highest loss first", columns, rows);
    }

    private static String names(List<String> labels) {
        return labels.isEmpty() ? "(none)" : String.join(", ", labels);
    }
}
