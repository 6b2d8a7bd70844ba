package org.scibert.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.classifier.ModelConfig;
import org.scibert.training.evaluation.Details;
import org.scibert.training.evaluation.Details.Interval;
import org.scibert.training.evaluation.Measurement;
import org.scibert.training.evaluation.Metrics;

/** Each label's scores, where there are more than two classes or labels of their own. */
final class LabelTable {
    private static final List<String> COLUMNS = List.of(
            "Label", "Rows", "Precision", "95 %", "Recall", "95 %", "F1", "95 %", "ROC-AUC", "PR-AUC");

    private LabelTable() {}

    static Optional<Table> of(Measurement measured, ModelConfig model) {
        List<String> names = model.rule().labels();
        List<List<String>> rows = new ArrayList<>();
        if (measured.metrics() instanceof Metrics.MultiClass m && measured.details() instanceof Details.MultiClass d) {
            for (int c = 0; c < names.size(); c++) {
                var own = m.perClass().get(c);
                var more = d.perClassDetails().get(c);
                rows.add(row(names.get(c), own.support(), own.precision(), own.recall(), own.f1(), more.intervals(),
                        more.rocAuc(), more.prAuc()));
            }
        }
        if (measured.metrics() instanceof Metrics.MultiLabel m && measured.details() instanceof Details.MultiLabel d) {
            for (int c = 0; c < names.size(); c++) {
                var own = m.perLabel().get(c);
                rows.add(row(names.get(c), own.support(), own.precision(), own.recall(), own.f1(),
                        d.perLabelDetails().get(c).details().intervals(), own.rocAuc(), own.prAuc()));
            }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(Table.numbers("Each label", COLUMNS, rows));
    }

    private static List<String> row(
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
}
