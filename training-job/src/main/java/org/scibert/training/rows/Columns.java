package org.scibert.training.rows;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** CSV or TSV with a header; a field in {@code "} quotes may hold delimiters and line ends. Blank lines are skipped. */
final class Columns {
    private final Source source;
    private final boolean labelled;
    private final List<String> header;
    /** The line at {@code counted}, an index into the content that only moves forward. */
    private int line = 1;
    private int counted;

    private Columns(Source source, boolean labelled, List<String> header) throws DataException {
        this.source = source;
        this.labelled = labelled;
        this.header = header;
        require("text");
        if (labelled) {
            require("label");
        }
    }

    static Rows parse(Source source, char delimiter, boolean labelled, int maxRows) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT.builder()
                .setDelimiter(delimiter)
                .setHeader()
                .setSkipHeaderRecord(true)
                .setAllowMissingColumnNames(true)
                .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_EMPTY)
                .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(source.content()), format)) {
            Columns columns = new Columns(source, labelled, parser.getHeaderNames());
            List<Row> rows = new ArrayList<>();
            for (Iterator<CSVRecord> records = parser.iterator(); rows.size() < maxRows && records.hasNext(); ) {
                rows.add(columns.row(records.next()));
            }
            return source.rows(false, rows);
        } catch (IllegalArgumentException e) {
            throw new DataException(source.file(), e.getMessage());
        } catch (UncheckedIOException e) {
            throw new DataException(source.file(), e.getCause().getMessage()
                    + "; a field with quotes is put in quotes, and each of its own is doubled");
        }
    }

    private Row row(CSVRecord fields) throws DataException {
        int line = lineOf(fields);
        if (fields.size() != header.size()) {
            throw source.bad(line, "it has %d fields, the header %d; put fields that hold delimiters in quotes"
                    .formatted(fields.size(), header.size()));
        }
        String id = header.contains("id") ? fields.get("id") : source.id(line);
        List<String> labels = labelled ? List.of(fields.get("label")) : List.of();
        return source.row(line, id, fields.get("text"), labels);
    }

    /** The parser's position is before the blank lines that it skipped. */
    private int lineOf(CSVRecord fields) {
        String content = source.content();
        while (counted < fields.getCharacterPosition() || isLineEnd(content.charAt(counted))) {
            if (content.charAt(counted++) == '\n') {
                line++;
            }
        }
        return line;
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    private void require(String column) throws DataException {
        if (!header.contains(column)) {
            throw new DataException(source.file(), header.isEmpty()
                    ? "there are no rows in it"
                    : "it has no column \"%s\"; its columns are %s".formatted(column, String.join(", ", header)));
        }
    }
}
