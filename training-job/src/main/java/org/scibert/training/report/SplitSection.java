package org.scibert.training.report;

import java.util.ArrayList;
import java.util.List;
import org.scibert.classifier.ModelConfig;
import org.scibert.decision.Task;
import org.scibert.training.evaluation.Details;
import org.scibert.training.evaluation.Measurement;
import org.scibert.training.rows.Split;

/** What was measured on one split, in pictures. */
final class SplitSection {
    private SplitSection() {}

    static Section of(Split split, ReportInput input, boolean texts) {
        Measurement measured = input.splits().get(split);
        ModelConfig model = input.model();
        List<Table> tables = new ArrayList<>();
        LabelTable.of(measured, model).ifPresent(tables::add);
        tables.add(MistakeTable.of(input.mistakes().getOrDefault(split, List.of()), texts));
        return new Section(
                split.title(),
                split == Split.TEST ? "Test rows" : "Dev rows",
                split == Split.DEV
                        ? "The best epoch, the calibration and the thresholds were chosen by these rows, so that their"
                                + " scores are a little too good."
                        : "These rows took no part in training, nor in any choice.",
                charts(measured, model),
                matrices(measured, model),
                tables);
    }

    private static List<Chart> charts(Measurement measured, ModelConfig model) {
        ShownLabels labels = ShownLabels.of(measured.curves(), model);
        List<Chart> charts = new ArrayList<>(List.of(CurveCharts.roc(labels), CurveCharts.precisionRecall(labels)));
        if (measured.details() instanceof Details.MultiClass d) {
            charts.add(CurveCharts.reliability(
                    "Calibration of the class called", d.reliability(), d.reliabilityBefore()));
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
}
