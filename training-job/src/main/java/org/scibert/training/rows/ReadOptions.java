package org.scibert.training.rows;

import java.util.List;
import java.util.Optional;

/**
 * How rows are made of a file's records. Names of columns are compared without case, blanks, hyphens and underscores.
 *
 * @param textColumns the columns that make the text, in this order; empty: {@code text}, else title and abstract
 * @param labelColumns the column of the label, or several columns of 0 and 1 that are labels themselves; empty: by the
 *     known names
 * @param labelSeparator between the labels of a multi-label row; empty: a label is one label
 * @param idColumn empty: {@code id}, {@code record_id} or {@code key}, else DOI or PMID, else the line
 * @param sheet of a workbook; empty: the first one
 * @param strict whether records without a text or a label are refused instead of left out
 */
public record ReadOptions(
        List<String> textColumns,
        List<String> labelColumns,
        Optional<String> labelSeparator,
        Optional<String> idColumn,
        Optional<String> sheet,
        boolean strict) {
    public static final ReadOptions DEFAULT =
            new ReadOptions(List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    public ReadOptions {
        textColumns = List.copyOf(textColumns);
        labelColumns = List.copyOf(labelColumns);
    }
}
