package org.scibert.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.scibert.io.Text;
import org.scibert.training.datacheck.ClassBalance.LabelCount;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.datacheck.DataReport.SplitSummary;
import org.scibert.training.datacheck.Finding;
import org.scibert.training.datacheck.Finding.Severity;
import org.scibert.training.rows.Split;

/**
 * The report's section on the data: findings of the data check, rows and labels of the splits, lengths of the texts.
 */
final class DataSection {
    private DataSection() {}

    static Section of(DataReport data) {
        List<Table> tables = new ArrayList<>();
        tables.add(Table.texts("What was found", List.of("Finding", "Weight", "What", "Next", "First rows"),
                data.findings().stream().map(DataSection::finding).toList()));
        tables.add(balance(data));
        if (data.tokens() != null) {
            tables.add(Table.numbers(
                    Text.format("Tokens of a text; at most %s are read", data.tokens().maxTokens()),
                    List.of("Split", "50 %", "90 %", "95 %", "99 %", "Longest", "Rows cut", "Tokens lost"),
                    data.tokens().splits().stream()
                            .map(split -> List.of(
                                    split.split().title(),
                                    Integer.toString(split.p50()),
                                    Integer.toString(split.p90()),
                                    Integer.toString(split.p95()),
                                    Integer.toString(split.p99()),
                                    Integer.toString(split.max()),
                                    Format.percent(split.rowsCut()),
                                    Format.percent(split.tokensCut())))
                            .toList()));
        }
        return Section.of("data", "Data",
                sentence(data) + (data.split() == null ? "" : " " + data.split().sentence() + "."),
                tables);
    }

    /** The number of findings and of training rows left out, in sentences. */
    static String sentence(DataReport data) {
        return Text.format("%s, %s, %s; %s left out because they stand in dev or test.%s",
                Text.count(data.count(Severity.ERROR), "error"), Text.count(data.count(Severity.WARNING), "warning"),
                Text.count(data.count(Severity.NOTE), "note"),
                data.droppedRows() == 1 ? "1 training row was" : data.droppedRows() + " training rows were",
                leaksBetweenDevAndTest(data)
                        ? " Among the errors are texts that dev and test share: --drop-leaks leaves out training rows"
                                + " only, so remove these rows from dev."
                        : "");
    }

    private static boolean leaksBetweenDevAndTest(DataReport data) {
        return data.findings().stream()
                .anyMatch(finding -> finding.kind() == Finding.Kind.LEAK && !finding.splits().contains(Split.TRAIN));
    }

    private static List<String> finding(Finding finding) {
        String rows = finding.examples().stream()
                .flatMap(example -> example.rows().stream())
                .map(place -> Text.format("%s line %s", place.split(), place.line()))
                .distinct()
                .limit(Finding.MAX_EXAMPLES)
                .collect(Collectors.joining(", "));
        return List.of(
                finding.kind().title(), finding.severity().title(), finding.what(), finding.next(),
                rows.isEmpty() ? Format.NONE : rows);
    }

    private static Table balance(DataReport data) {
        List<String> columns = new ArrayList<>(List.of("Rows"));
        data.splits().forEach(split -> columns.add(split.split().title()));
        columns.add("pos_weight");
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("all", data.splits().stream().map(SplitSummary::rows).toList(), Format.NONE));
        rows.add(row("different texts", data.splits().stream().map(SplitSummary::texts).toList(), Format.NONE));
        for (LabelCount label : data.balance().labels()) {
            List<Integer> counts = data.splits().stream().map(split -> label.rows().get(split.split())).toList();
            rows.add(row("label " + label.label(), counts,
                    label.posWeight() == null ? Format.NONE : Format.compact(label.posWeight())));
        }
        return Table.numbers("Rows by split and label", columns, rows);
    }

    private static List<String> row(String name, List<Integer> counts, String last) {
        List<String> row = new ArrayList<>(List.of(name));
        counts.forEach(count -> row.add(count.toString()));
        row.add(last);
        return row;
    }
}
