package org.scibert.training.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.io.Text;
import org.scibert.training.assessment.Assessment;
import org.scibert.training.baseline.Baseline;
import org.scibert.training.evaluation.Measurement;

/** The section on the baseline, of the report and the model card: its scores beside the released model's. */
final class BaselineSection {
    private BaselineSection() {}

    static Section of(Baseline baseline, Assessment released) {
        List<String> columns = new ArrayList<>(List.of("Metric"));
        Map<String, List<String>> rows = new LinkedHashMap<>();
        baseline.splits().forEach((split, scores) -> {
            columns.addAll(List.of(
                    split + ", released model", split + ", " + Baseline.TITLE, "95 % interval of the latter"));
            Measurement measured = released.splits().get(split);
            scores.metrics().scalars().forEach((key, value) -> {
                if (!List.of("rows", "positives").contains(key)) {
                    rows.computeIfAbsent(key, k -> new ArrayList<>(List.of(MetricTitles.of(k)))).addAll(List.of(
                            Format.score(measured.metrics().scalars().get(key)),
                            Format.score(value),
                            Format.interval(scores.intervals().get(key))));
                }
            });
        });
        return Section.of("baseline", "Baseline",
                Text.format("%s%s of words and pairs of words, fitted to %s: C %s and class weights %s, chosen by"
                                + " cross-validation on them. It decides by a rule chosen on dev, as the released model.",
                        baseline.comparison() == null ? "" : baseline.comparison().sentence() + " ",
                        Baseline.TITLE, Text.count(baseline.trainingRows(), "training row"),
                        Format.compact(baseline.c()), baseline.classWeights().title()),
                List.of(Table.numbers("Scores of both on the same rows", columns,
                        rows.values().stream().filter(row -> row.size() == columns.size()).toList())));
    }
}
