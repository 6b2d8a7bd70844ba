package org.scibert.training.rows;

import java.nio.file.Path;
import java.util.List;

/**
 * The labelled rows of one file, in its order, or those of all files under a folder, one file after the other.
 *
 * @param file where they were read from; may be a folder
 * @param sha256 digest of the whole file, in hexadecimal; of a folder, that of its files' list as sha256sum writes it
 * @param labelLists whether rows carry lists of labels, rather than one label each
 * @param rows at least one
 * @param readings how each file was read
 */
public record Rows(Path file, String sha256, boolean labelLists, List<Row> rows, List<Reading> readings) {
    public Rows {
        rows = List.copyOf(rows);
        readings = List.copyOf(readings);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(file + " gave no rows");
        }
    }

    public Rows(Path file, String sha256, boolean labelLists, List<Row> rows) {
        this(file, sha256, labelLists, rows, List.of());
    }

    /** Some of these rows, or changed ones, as of the same file. */
    public Rows with(List<Row> other) {
        return new Rows(file, sha256, labelLists, other, readings);
    }

    public int size() {
        return rows.size();
    }

    public List<String> texts() {
        return rows.stream().map(Row::text).toList();
    }
}
