package org.scibert.training.rows;

import java.util.List;

/**
 * One text of a file.
 *
 * @param line where the row starts in its file, counted from 1
 * @param id as in the file, or the line number, after the file's name where there are several
 * @param text never blank
 * @param labels exactly one for binary and multi-class rows, any number for multi-label rows, none for unlabelled rows;
 *     numbers and booleans are written as strings: {@code 1}, {@code 1.0} and {@code true} are all "1"
 */
public record Row(int line, String id, String text, List<String> labels) {
    public Row {
        labels = List.copyOf(labels);
    }
}
