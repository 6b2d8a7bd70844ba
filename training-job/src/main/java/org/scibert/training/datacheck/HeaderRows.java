package org.scibert.training.datacheck;

import java.util.List;
import java.util.Set;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;

/** Column names that were read as a text and its label, from a file with two headers or a careless conversion. */
final class HeaderRows {
    private static final Set<String> TEXT_COLUMNS = Set.of(
            "text", "texts", "sentence", "sentences", "abstract", "title", "title and abstract", "content", "body",
            "document", "input", "string", "paragraph", "comment", "description");
    private static final Set<String> LABEL_COLUMNS = Set.of(
            "label", "labels", "class", "classes", "category", "categories", "target", "targets", "annotation",
            "intent", "gold", "output", "y");

    /** Characters of a text that may be a name; longer ones are not looked at. */
    private static final int LONGEST = 40;

    private HeaderRows() {}

    static List<Finding> find(Splits<Rows> rows) {
        return RowFindings.find(
                rows,
                FindingKind.HEADER_ROW,
                Severity.ERROR,
                "hold names of columns in place of a text and its label",
                "delete these rows from the file",
                HeaderRows::isHeader);
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
}
