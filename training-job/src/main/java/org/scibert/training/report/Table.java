package org.scibert.training.report;

import java.util.List;
import org.scibert.io.Text;

/**
 * A table of texts; the first cell of a row is its head.
 *
 * @param caption what it shows
 * @param columns heads of the columns
 * @param numbers whether all columns but the first are numbers, and flush right
 * @param rows as many cells each as there are columns
 */
public record Table(String caption, List<String> columns, boolean numbers, List<List<String>> rows) {
    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(Text.format("\"%s\" has %s columns and a row of %s; this is a bug",
                        caption, columns.size(), row.size()));
            }
        }
    }

    static Table numbers(String caption, List<String> columns, List<List<String>> rows) {
        return new Table(caption, columns, true, rows);
    }

    static Table texts(String caption, List<String> columns, List<List<String>> rows) {
        return new Table(caption, columns, false, rows);
    }
}
