package org.scibert.training.rows;

import java.nio.file.Path;
import java.util.List;

/**
 * The rows of one file, in its order.
 *
 * @param file where they were read from
 * @param sha256 digest of the whole file, in hexadecimal
 * @param labelLists whether rows carry lists of labels, rather than one label each
 * @param rows at least one
 */
public record Rows(Path file, String sha256, boolean labelLists, List<Row> rows) {
    public Rows {
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(file + " gave no rows");
        }
    }

    public int size() {
        return rows.size();
    }

    public List<String> texts() {
        return rows.stream().map(Row::text).toList();
    }
}
