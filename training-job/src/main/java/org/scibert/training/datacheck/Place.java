package org.scibert.training.datacheck;

import java.util.List;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Split;

/**
 * Where a row stands.
 *
 * @param line of the split's file, counted from 1
 * @param id as in the file, or the line number
 * @param labels as in the file
 */
public record Place(Split split, int line, String id, List<String> labels) {
    public Place {
        labels = List.copyOf(labels);
    }

    static Place of(Split split, Row row) {
        return new Place(split, row.line(), row.id(), row.labels());
    }
}
