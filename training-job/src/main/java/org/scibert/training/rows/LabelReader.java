package org.scibert.training.rows;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scibert.io.Text;
import org.scibert.training.records.DataException;
import org.scibert.training.records.SourceRecord.Field;
import org.scibert.training.records.SourceRecord.Kind;
import org.scibert.training.records.SourceRecord;

/** Reads the labels of one file's records, and counts the records that have none. */
final class LabelReader {
    /** Decisions that ASReview and Rayyan write into notes. */
    private static final Pattern NOTE = Pattern.compile(
            "ASReview_(relevant|irrelevant|not_seen)|RAYYAN-INCLUSION: *\\{[^}]*?=> *\"(Included|Excluded|Maybe)\"");

    private static final Pattern DECISION_NOTE = Pattern.compile("(?:^|\\n|; )SciBERT_decision: *([^;\\n]*)");

    private final RowFile file;
    private final String separator;
    private final boolean strict;
    private final Map<String, Integer> missing = new TreeMap<>();
    private int firstMissing;
    /** Whether rows have lists of labels; null before the first row. */
    private Boolean lists;

    /**
     * @param separator between the labels of a row; empty where a label is one label
     * @param strict whether a record without a label is refused
     */
    LabelReader(RowFile file, String separator, boolean strict) {
        this.file = file;
        this.separator = separator;
        this.strict = strict;
    }

    /**
     * The labels of a record.
     *
     * @return empty if the record has no label; a list without labels is a label list of a multi-label row
     */
    Optional<List<String>> labels(SourceRecord record) throws DataException {
        Columns columns = file.columns();
        if (columns.flags()) {
            return flags(record, columns.labels());
        }
        if (columns.labels().isEmpty()) {
            return note(record, columns.notes());
        }
        List<String> present = columns.labels().stream().filter(record.fields()::containsKey).toList();
        if (present.size() > 1) {
            throw file.bad(record, Text.format("it has both \"%s\" and \"%s\"; keep one",
                    present.get(0), present.get(1)));
        }
        if (present.isEmpty()) {
            return unlabelled(record, "");
        }
        Field field = record.fields().get(present.get(0));
        if (field.kind() == Kind.STRUCTURE) {
            throw file.bad(
                    record, "a label must be a text, a number, a boolean or a list of these, is " + field.text());
        }
        if (field.kind() == Kind.LIST) {
            return list(record, field.texts());
        }
        if (present.get(0).equals("labels") && file.file().format().isJson()) {
            throw file.bad(record, Text.format("\"labels\" must be a list, is %s; one label is given as \"label\"",
                    field.text()));
        }
        String text = field.texts().get(0);
        if (Columns.isDecision(present.get(0)) && text.strip().equalsIgnoreCase("maybe")) {
            return unlabelled(record, text);
        }
        if (!separator.isEmpty()) {
            return text.isBlank() || LabelText.of(text).isEmpty()
                    ? unlabelled(record, text)
                    : list(record, List.of(text.split(Pattern.quote(separator))));
        }
        Optional<String> label = label(record, text);
        if (label.isEmpty()) {
            return unlabelled(record, text);
        }
        expect(record, false);
        return Optional.of(List.of(label.get()));
    }

    private Optional<List<String>> list(SourceRecord record, List<String> texts) throws DataException {
        expect(record, true);
        Set<String> labels = new LinkedHashSet<>();
        for (String text : texts) {
            label(record, text).ifPresent(labels::add);
        }
        return Optional.of(List.copyOf(labels));
    }

    /** The names of the columns that say yes; a row whose columns are all blank is unlabelled. */
    private Optional<List<String>> flags(SourceRecord record, List<String> columns) throws DataException {
        expect(record, true);
        List<String> labels = new ArrayList<>();
        boolean said = false;
        for (String column : columns) {
            Field field = record.fields().get(column);
            Optional<String> value = field == null ? Optional.empty() : label(record, field.text());
            said |= value.isPresent();
            if (value.isPresent() && LabelText.isPositive(value.get())) {
                labels.add(column);
            } else if (value.isPresent() && !LabelText.isNegative(value.get())) {
                throw file.bad(record, Text.format(
                        "the column \"%s\" holds \"%s\"; with several label columns, each must hold 0 or 1",
                        column, value.get()));
            }
        }
        return said ? Optional.of(labels) : unlabelled(record, "");
    }

    private Optional<List<String>> note(SourceRecord record, List<String> notes) throws DataException {
        String decided = decisionNote(record, notes);
        if (!decided.isEmpty()) {
            Optional<String> label = decided.equalsIgnoreCase("maybe") ? Optional.empty() : label(record, decided);
            return label.isEmpty()
                    ? unlabelled(record, decided)
                    : Optional.of(List.of(label.filter(LabelText::isDecision)
                            .map(decision -> LabelText.isPositive(decision) ? "1" : "0")
                            .orElse(label.get())));
        }
        for (String column : notes) {
            Field field = record.fields().get(column);
            Matcher note = NOTE.matcher(field == null ? "" : field.text());
            if (note.find()) {
                String decision = note.group(1) == null ? note.group(2).toLowerCase(Locale.ROOT) : note.group(1);
                return decision.equals("not_seen") || decision.equals("maybe")
                        ? unlabelled(record, decision)
                        : Optional.of(List.of(LabelText.isPositive(decision) ? "1" : "0"));
            }
        }
        return unlabelled(record, "");
    }

    /** What this program, or the function's page, wrote last into the notes; empty for nothing. */
    private static String decisionNote(SourceRecord record, List<String> notes) {
        String last = "";
        for (String column : notes) {
            Field field = record.fields().get(column);
            Matcher note = DECISION_NOTE.matcher(field == null ? "" : field.text());
            while (note.find()) {
                last = note.group(1);
            }
        }
        return last.strip();
    }

    private Optional<String> label(SourceRecord record, String text) throws DataException {
        try {
            return LabelText.of(text);
        } catch (IllegalArgumentException e) {
            throw file.bad(record, e.getMessage());
        }
    }

    private Optional<List<String>> unlabelled(SourceRecord record, String spelling) throws DataException {
        if (strict) {
            throw file.bad(record, Text.format(
                    "it has no label%s; label the record, or leave --strict out to go on without it",
                    spelling.isBlank() ? "" : " (\"" + spelling.strip() + "\")"));
        }
        count(record.line(), spelling.strip());
        return Optional.empty();
    }

    private void count(int line, String spelling) {
        if (missing.isEmpty() || line < firstMissing) {
            firstMissing = line;
        }
        missing.merge(spelling, 1, Integer::sum);
    }

    private void expect(SourceRecord record, boolean list) throws DataException {
        if (lists == null) {
            lists = list;
        } else if (lists != list) {
            throw file.bad(record, Text.format("it has %s, the rows before it %s; use one of them throughout",
                    key(list), key(lists)));
        }
    }

    private static String key(boolean list) {
        return list ? "a list of labels" : "one label";
    }

    /** Rows without those labelled -1 beside 0: screening tools write so what nobody has decided yet. */
    List<Row> withoutUndecided(List<Row> rows) {
        boolean undecided = !lists() && rows.stream().anyMatch(row -> row.labels().equals(List.of("0")));
        List<Row> kept = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (undecided && row.labels().equals(List.of("-1"))) {
                count(row.line(), "-1");
            } else {
                kept.add(row);
            }
        }
        return kept;
    }

    boolean lists() {
        return lists != null && lists;
    }

    Map<String, Integer> missing() {
        return missing;
    }

    int firstMissing() {
        return firstMissing;
    }
}
