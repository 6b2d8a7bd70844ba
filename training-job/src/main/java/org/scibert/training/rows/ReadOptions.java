package org.scibert.training.rows;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * How rows are made of a file's records. Names of columns are compared without case, blanks, hyphens and underscores.
 *
 * @param textColumns the columns that make the text, in this order; empty: {@code text}, else title and abstract
 * @param keywords whether the keywords follow title and abstract
 * @param labelColumns the column of the label, or several columns of 0 and 1 that are labels themselves; empty: by the
 *     known names
 * @param labelSeparator between the labels of a multi-label row; empty: a label is one label
 * @param idColumn empty: {@code id}, {@code record_id} or {@code key}, else DOI or PMID, else the line
 * @param sheet of a workbook; empty: the first one
 */
public record ReadOptions(
        List<String> textColumns,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean keywords,
        List<String> labelColumns,
        String labelSeparator,
        String idColumn,
        String sheet) {
    public static final ReadOptions DEFAULT = new ReadOptions(List.of(), false, List.of(), "", "", "");

    public ReadOptions {
        textColumns = List.copyOf(textColumns);
        labelColumns = List.copyOf(labelColumns);
        if (keywords && !textColumns.isEmpty()) {
            throw new IllegalArgumentException("--keywords adds them to title and abstract; with --text-columns, name"
                    + " their column there");
        }
    }
}
