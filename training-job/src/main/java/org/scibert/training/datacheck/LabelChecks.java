package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.scibert.io.Text;
import org.scibert.training.datacheck.Finding.Severity;
import org.scibert.training.rows.LabelInference;
import org.scibert.training.rows.Reading;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/** Checks of the labels as people spell them, and of what stands in place of labels. */
final class LabelChecks {
    /** Labels, ids or spellings that a sentence names. */
    private static final int NAMED = 8;

    private static final List<String> SEPARATORS = List.of(";", "|", ",", "/");

    private LabelChecks() {}

    /** Records that readers left out because they have no label, or no text. */
    static List<Finding> leftOut(Splits<Rows> rows) {
        List<Finding> findings = new ArrayList<>();
        rows.bySplit().forEach((split, of) -> {
            int records = of.readings().stream().mapToInt(Reading::records).sum();
            int unlabelled = of.readings().stream().mapToInt(Reading::unlabelledRecords).sum();
            int withoutText = of.readings().stream().mapToInt(Reading::withoutText).sum();
            if (unlabelled > 0) {
                Map<String, Integer> spellings = new TreeMap<>();
                of.readings().forEach(file -> file.unlabelled().forEach(
                        (spelling, count) -> spellings.merge(spelling, count, Integer::sum)));
                findings.add(new Finding(
                        Finding.Kind.UNLABELLED, Severity.WARNING, List.of(split), unlabelled,
                        Text.format("%s of %s %srecords have no label and are left out; in its place stands: %s",
                                unlabelled, records, ofSplit(split, rows), named(spellings)),
                        "nothing, if they are yet to be labelled; classify answers for them", List.of()));
            }
            if (withoutText > 0) {
                findings.add(new Finding(
                        Finding.Kind.EMPTY_TEXT, Severity.WARNING, List.of(split), withoutText,
                        Text.format("%s of %s %srecords have no text and are left out",
                                withoutText, records, ofSplit(split, rows)),
                        "nothing, or put their title or abstract in", List.of()));
            }
        });
        return findings;
    }

    /** Where the splits are of one file, its records are of none before they have a label. */
    private static String ofSplit(Split split, Splits<Rows> rows) {
        return rows.crossValidated() || rows.dev().readings().isEmpty() ? "" : split + " ";
    }

    /** Training labels that look the same to a person: they differ in case, width or spacing. */
    static List<Finding> lookAlikes(Splits<Rows> rows) {
        Map<String, Map<String, Integer>> alike = new LinkedHashMap<>();
        counts(rows.train()).forEach((label, count) ->
                alike.computeIfAbsent(Normalisation.of(label), key -> new TreeMap<>()).put(label, count));
        List<Finding> findings = new ArrayList<>();
        alike.values().stream().filter(labels -> labels.size() > 1).forEach(labels -> findings.add(new Finding(
                Finding.Kind.LOOK_ALIKE_LABELS, Severity.WARNING, List.of(Split.TRAIN), labels.size(),
                "labels that differ in case or spacing only are different classes: " + named(labels),
                "spell them alike, if they are one label", List.of())));
        return findings;
    }

    /** Training labels that look like lists of other labels, such as "methods;results". */
    static List<Finding> lists(Splits<Rows> rows) {
        Map<String, Integer> counts = counts(rows.train());
        for (String separator : SEPARATORS) {
            Map<String, Integer> lists = new TreeMap<>();
            counts.forEach((label, count) -> {
                List<String> parts = List.of(label.split(Pattern.quote(separator)));
                if (parts.size() > 1 && parts.stream().map(String::strip).anyMatch(counts::containsKey)) {
                    lists.put(label, count);
                }
            });
            if (!lists.isEmpty() && !rows.train().labelLists()) {
                return List.of(new Finding(
                        Finding.Kind.LABEL_LISTS, Severity.WARNING, List.of(Split.TRAIN), lists.size(),
                        "labels that look like lists of labels are classes of their own: " + named(lists),
                        Text.format(
                                "if a row can have several labels, give --label-separator \"%s\", or write them as a"
                                        + " JSON list",
                                separator) + " under \"labels\"", List.of()));
            }
        }
        return List.of();
    }

    /** So many different labels that their column must be another. */
    static List<Finding> tooMany(Splits<Rows> rows) {
        Map<String, Integer> counts = counts(rows.train());
        if (!LabelInference.isUnlikely(counts.size(), rows.train().size())) {
            return List.of();
        }
        return List.of(new Finding(
                Finding.Kind.TOO_MANY_LABELS, Severity.ERROR, List.of(Split.TRAIN), counts.size(),
                Text.format("%s train rows have %s different labels, %s of them in one row only",
                        rows.train().size(), counts.size(),
                        counts.values().stream().filter(count -> count == 1).count()),
                "is the label column an id or a text? choose the right one with --label-column; fine-tune refuses it",
                List.of()));
    }

    /** Ids that several rows of a split have: answers could not be matched to rows. */
    static List<Finding> repeatedIds(Splits<Rows> rows) {
        List<Finding> findings = new ArrayList<>();
        rows.bySplit().forEach((split, of) -> {
            Map<String, Integer> repeated = of.rows().stream()
                    .collect(Collectors.groupingBy(Row::id, TreeMap::new, Collectors.summingInt(row -> 1)));
            repeated.values().removeIf(count -> count == 1);
            if (!repeated.isEmpty()) {
                int count = repeated.values().stream().mapToInt(Integer::intValue).sum();
                findings.add(new Finding(
                        Finding.Kind.REPEATED_ID, Severity.WARNING, List.of(split), count,
                        Text.format("%s of %s %s rows share their id with another row: %s",
                                count, of.size(), split, named(repeated)),
                        "give each row an id of its own, or answers can't be matched to rows", List.of()));
            }
        });
        return findings;
    }

    private static Map<String, Integer> counts(Rows rows) {
        Map<String, Integer> counts = new TreeMap<>();
        rows.rows().forEach(row -> row.labels().forEach(label -> counts.merge(label, 1, Integer::sum)));
        return counts;
    }

    /** The most frequent of some values, {@code "NA" (12), "?" (3) and 4 more}. */
    static String named(Map<String, Integer> counts) {
        String named = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(NAMED)
                .map(value -> Text.format("%s (%s)",
                        value.getKey().isEmpty() ? "nothing" : "\"" + value.getKey() + "\"", value.getValue()))
                .collect(Collectors.joining(", "));
        return counts.size() <= NAMED ? named : Text.format("%s and %s more", named, counts.size() - NAMED);
    }
}
