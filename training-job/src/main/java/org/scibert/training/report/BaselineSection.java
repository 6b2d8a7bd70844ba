package org.scibert.training.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scibert.classifier.ModelConfig;
import org.scibert.io.Text;
import org.scibert.training.assessment.Assessment;
import org.scibert.training.baseline.Baseline;
import org.scibert.training.rows.Split;

/** The section on the baselines, of the report and the model card: their scores beside the released model's. */
final class BaselineSection {
    private BaselineSection() {}

    static Section of(List<Baseline> baselines, Assessment released) {
        List<Table> tables = new ArrayList<>();
        released.splits().forEach((split, measured) -> {
            List<String> columns = new ArrayList<>(List.of("Metric", "released model"));
            Map<String, List<String>> rows = new LinkedHashMap<>();
            measured.metrics().scalars().forEach((key, value) -> {
                if (!List.of("rows", "positives").contains(key)) {
                    rows.put(key, new ArrayList<>(List.of(MetricTitles.of(key), Format.score(value))));
                }
            });
            baselines.forEach(baseline -> {
                columns.addAll(List.of(baseline.kind().title(), "95 % interval"));
                Baseline.Scores scores = baseline.splits().get(split);
                scores.metrics().scalars().forEach((key, value) -> Optional.ofNullable(rows.get(key)).ifPresent(
                        row -> row.addAll(List.of(Format.score(value), Format.interval(scores.intervals().get(key))))));
            });
            tables.add(Table.numbers("Scores on the rows of " + split, columns,
                    rows.values().stream().filter(row -> row.size() == columns.size()).toList()));
        });
        return Section.of("baselines", "Baselines",
                Stream.concat(
                                baselines.stream().flatMap(baseline -> baseline.sentence().stream()),
                                baselines.stream().map(baseline -> fitted(baseline, released.model())))
                        .collect(Collectors.joining(" "))
                        + Text.format(" They decide by rules chosen %s, as the released model.",
                                released.splits().containsKey(Split.OUT_OF_FOLD)
                                        ? "by their out-of-fold answers"
                                        : "on dev"),
                tables);
    }

    private static String fitted(Baseline baseline, ModelConfig released) {
        return Text.format("%s of %s was fitted to %s: C %s and class weights %s, chosen by cross-validation on them.",
                capitalized(baseline.kind().title()),
                baseline.kind() == Baseline.Kind.WORDS
                        ? "words and pairs of words"
                        : (baseline.pooling().equals("mean") ? "the mean of the tokens' vectors" : "[CLS]'s vectors")
                                + (released.inWindows() ? " (of a long text, those of its first window)" : ""),
                Text.count(baseline.trainingRows(), "training row"),
                Format.compact(baseline.c()), baseline.classWeights().title());
    }

    private static String capitalized(String title) {
        return Character.toUpperCase(title.charAt(0)) + title.substring(1);
    }
}
