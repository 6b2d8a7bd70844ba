package org.scibert.training.datacheck;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.scibert.io.Text;
import org.scibert.training.datacheck.Finding.Severity;
import org.scibert.training.rows.LabelText;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/**
 * The rows with one spelling for each screening decision: where some write "Include" and others "include", or some "1"
 * and others "yes", all have the spelling that most training rows have.
 *
 * @param finding says which spellings were joined, if any were
 */
record JoinedLabels(Splits<Rows> rows, Optional<Finding> finding) {

    /**
     * Joins spellings that differ in case and say that a row is looked for or not; and, where the training rows have no
     * other labels, all words that say so.
     */
    static JoinedLabels of(Splits<Rows> rows) {
        if (rows.train().labelLists()) {
            return new JoinedLabels(rows, Optional.empty());
        }
        Map<String, Integer> counts = new TreeMap<>();
        rows.train().rows().stream()
                .filter(row -> !RowChecks.isHeader(rows.train(), row))
                .forEach(row -> row.labels().forEach(label -> counts.merge(label, 1, Integer::sum)));
        boolean decisions = counts.keySet().stream().allMatch(LabelText::isDecision);
        Map<String, String> spellings = counts.entrySet().stream()
                .filter(label -> LabelText.isDecision(label.getKey()))
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .collect(Collectors.toMap(
                        label -> key(label.getKey(), decisions), Map.Entry::getKey, (most, less) -> most));
        Map<String, Integer> joined = new TreeMap<>();
        Splits<Rows> spelled = rows.map(split -> split.with(split.rows().stream()
                .map(row -> RowChecks.isHeader(split, row) ? row : spelled(row, spellings, decisions, joined))
                .toList()));
        return joined.isEmpty()
                ? new JoinedLabels(rows, Optional.empty())
                : new JoinedLabels(spelled, Optional.of(finding(rows, joined, spellings, decisions)));
    }

    private static Row spelled(Row row, Map<String, String> spellings, boolean decisions, Map<String, Integer> joined) {
        String label = row.labels().get(0);
        String spelling = spellings.getOrDefault(key(label, decisions), label);
        if (spelling.equals(label)) {
            return row;
        }
        joined.merge(label, 1, Integer::sum);
        return row.withLabels(List.of(spelling));
    }

    private static String key(String label, boolean decisions) {
        if (decisions && LabelText.isDecision(label)) {
            return LabelText.isPositive(label) ? "+" : "-";
        }
        return LabelText.isDecision(label) ? label.toLowerCase(Locale.ROOT) : label;
    }

    private static Finding finding(
            Splits<Rows> rows, Map<String, Integer> joined, Map<String, String> spellings, boolean decisions) {
        boolean caseOnly = joined.keySet().stream().allMatch(label ->
                spellings.get(key(label, decisions)).equalsIgnoreCase(label));
        String into = joined.keySet().stream()
                .map(label -> "\"" + spellings.get(key(label, decisions)) + "\"")
                .distinct()
                .collect(Collectors.joining(" and "));
        return new Finding(
                Finding.Kind.JOINED_LABELS, Severity.WARNING, rows.crossValidated()
                        ? List.of(Split.TRAIN)
                        : List.of(Split.TRAIN, Split.DEV, Split.TEST),
                joined.values().stream().mapToInt(Integer::intValue).sum(),
                Text.format("labels that %s are read as one: %s as %s",
                        caseOnly ? "differ in case only" : "say the same", LabelChecks.named(joined), into),
                "nothing, if that is meant; else rename the labels", List.of());
    }
}
