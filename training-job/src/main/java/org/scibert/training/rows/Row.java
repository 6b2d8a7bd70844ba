package org.scibert.training.rows;

import java.util.List;

/**
 * One labelled text.
 *
 * @param line where the row starts in its file, counted from 1
 * @param id as in the file, or the line number, after the file's name where there are several
 * @param text never blank
 * @param labels exactly one for binary and multi-class rows, any number for multi-label rows, none for unlabelled rows;
 *     each in the spelling of {@link LabelText}
 * @param keys what else names the work that the text is about: {@code doi:…}, {@code pmid:…}, {@code title:…}
 */
public record Row(int line, String id, String text, List<String> labels, List<String> keys) {
    public Row {
        labels = List.copyOf(labels);
        keys = List.copyOf(keys);
    }

    public Row(int line, String id, String text, List<String> labels) {
        this(line, id, text, labels, List.of());
    }

    /** The same row with other labels. */
    public Row withLabels(List<String> other) {
        return new Row(line, id, text, other, keys);
    }
}
