package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.scibert.io.Text;
import org.scibert.text.Encoding;
import org.scibert.training.datacheck.Finding.Example;
import org.scibert.training.datacheck.Finding.Place;
import org.scibert.training.datacheck.Finding.Severity;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;

/** Checks that look at one row at a time. Each gives one finding for each split that has such rows. */
final class RowChecks {
    private static final Set<String> TEXT_COLUMNS = Set.of(
            "text", "texts", "sentence", "sentences", "abstract", "title", "title and abstract", "content", "body",
            "document", "input", "string", "paragraph", "comment", "description");
    private static final Set<String> LABEL_COLUMNS = Set.of(
            "label", "labels", "class", "classes", "category", "categories", "target", "targets", "annotation",
            "intent", "gold", "output", "y");

    /** What other tools write where there is no text; compared without what is neither letter nor digit at the ends. */
    private static final Set<String> PLACEHOLDERS = Set.of(
            "nan", "null", "none", "nil", "undefined", "n/a", "na", "missing", "no abstract",
            "no abstract available", "abstract not available", "no text");
    private static final Pattern ENDS = Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$");

    /** The longest text, in UTF-16 units, that is compared with column names and placeholders. */
    private static final int LONGEST = 40;

    private RowChecks() {}

    /** Column names that were read as a text and its label: a file with two headers, or a careless conversion. */
    static List<Finding> headerRows(Splits<Rows> rows) {
        return find(
                rows,
                Finding.Kind.HEADER_ROW,
                Severity.ERROR,
                "hold names of columns in place of a text and its label",
                "delete these rows from the file",
                RowChecks::isHeader);
    }

    /** Labels of dev or test that no training row has: the model can't predict them. */
    static List<Finding> unknownLabels(Splits<Rows> rows) {
        Set<String> known =
                rows.train().rows().stream().flatMap(row -> row.labels().stream()).collect(Collectors.toSet());
        return find(
                rows,
                Finding.Kind.UNKNOWN_LABEL,
                Severity.ERROR,
                "have a label that no train row has",
                "correct the label, remove these rows, or add rows with it to train: fine-tune refuses them",
                (split, row) -> !known.containsAll(row.labels()));
    }

    /** Texts without a letter or digit, and placeholders. Blank texts never get this far: readers refuse them. */
    static List<Finding> emptyTexts(Splits<Rows> rows) {
        return find(
                rows,
                Finding.Kind.EMPTY_TEXT,
                Severity.WARNING,
                "have no letter or digit, or a placeholder such as \"nan\" or \"no abstract available\"",
                "leave these rows out, or put their text in: nothing can be learned from them",
                (split, row) -> isEmpty(row.text()));
    }

    /** Texts of which the tokenizer leaves nothing: the network would read [CLS] and [SEP] alone. */
    static List<Finding> droppedTexts(Splits<Rows> rows, Splits<List<Encoding>> encodings) {
        Map<Row, Encoding> encoded = new IdentityHashMap<>();
        rows.bySplit().forEach((split, of) -> {
            for (int i = 0; i < of.size(); i++) {
                encoded.put(of.rows().get(i), encodings.of(split).get(i));
            }
        });
        return find(
                rows,
                Finding.Kind.EMPTY_TEXT,
                Severity.WARNING,
                "have only characters that the tokenizer drops, such as private-use ones",
                "leave these rows out, or put their text in: nothing can be learned from them",
                (split, row) -> encoded.get(row).isBlank());
    }

    /**
     * Whether a row's text is a usual name of a text column, and its label one of a label column or a label that no
     * other row has: a sentence that is the heading "Abstract" and has a common label is no header.
     */
    static boolean isHeader(Rows rows, Row row) {
        return row.text().length() <= LONGEST
                && TEXT_COLUMNS.contains(Normalisation.of(row.text()))
                && row.labels().size() == 1
                && (LABEL_COLUMNS.contains(Normalisation.of(row.labels().get(0)))
                        || rows.rows().stream().filter(other -> other.labels().equals(row.labels())).count() == 1);
    }

    static boolean isEmpty(String text) {
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return true;
        }
        return text.length() <= LONGEST
                && PLACEHOLDERS.contains(ENDS.matcher(Normalisation.of(text)).replaceAll(""));
    }

    /** @param what follows "N of M SPLIT rows " */
    private static List<Finding> find(
            Splits<Rows> rows,
            Finding.Kind kind,
            Severity severity,
            String what,
            String next,
            BiPredicate<Rows, Row> hasProblem) {
        List<Finding> findings = new ArrayList<>();
        rows.bySplit().forEach((split, of) -> {
            List<Example> found = of.rows().stream()
                    .filter(row -> hasProblem.test(of, row))
                    .map(row -> Example.of(List.of(Place.of(split, row))))
                    .toList();
            if (!found.isEmpty()) {
                String sentence = Text.format("%s of %s %s rows %s", found.size(), of.size(), split, what);
                findings.add(new Finding(kind, severity, List.of(split), found.size(), sentence, next, found));
            }
        });
        return findings;
    }
}
