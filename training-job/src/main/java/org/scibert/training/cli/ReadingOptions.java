package org.scibert.training.cli;

import java.util.List;
import org.scibert.io.UsageException;
import org.scibert.training.rows.ReadOptions;
import picocli.CommandLine.Option;

/** Which columns of a file hold texts, labels and ids. */
final class ReadingOptions {
    @Option(
            names = "--text-columns",
            split = ",",
            defaultValue = "${env:TEXT_COLUMNS}",
            paramLabel = "COLUMN",
            description = "Columns, keys or tags that make the text, in this order, with commas between them. Default:"
                    + " text, else title and abstract by their usual names. [TEXT_COLUMNS]")
    private List<String> textColumns = List.of();

    @Option(
            names = "--keywords",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:KEYWORDS:-false}",
            paramLabel = "true|false",
            description = "Keywords follow title and abstract, under their usual names (keywords, KW, DE, OT, MH). A"
                    + " model that was trained with them is to be asked with them. [KEYWORDS]")
    private boolean keywords;

    @Option(
            names = {"--label-column", "--label-columns"},
            split = ",",
            defaultValue = "${env:LABEL_COLUMN}",
            paramLabel = "COLUMN",
            description = "The column of the label; several, with commas between them, are columns of 0 and 1 that are"
                    + " labels themselves (multi-label). Default: label, included, asreview_label and other usual"
                    + " names. [LABEL_COLUMN]")
    private List<String> labelColumns = List.of();

    @Option(
            names = "--label-separator",
            defaultValue = "${env:LABEL_SEPARATOR:-}",
            paramLabel = "TEXT",
            description = "Stands between the labels of a multi-label row, such as \";\". [LABEL_SEPARATOR]")
    private String labelSeparator;

    @Option(
            names = "--id-column",
            defaultValue = "${env:ID_COLUMN:-}",
            paramLabel = "COLUMN",
            description = "What rows are called. Default: id, else DOI or PMID, else the line. [ID_COLUMN]")
    private String idColumn;

    @Option(
            names = "--sheet",
            defaultValue = "${env:SHEET:-}",
            paramLabel = "NAME",
            description = "The sheet of an Excel workbook. Default: the first. [SHEET]")
    private String sheet;

    ReadOptions options() {
        return UsageException.checked(() -> new ReadOptions(
                given(textColumns), keywords, given(labelColumns), labelSeparator, idColumn.strip(), sheet));
    }

    private static List<String> given(List<String> columns) {
        return columns == null
                ? List.of()
                : columns.stream().map(String::strip).filter(column -> !column.isEmpty()).toList();
    }
}
