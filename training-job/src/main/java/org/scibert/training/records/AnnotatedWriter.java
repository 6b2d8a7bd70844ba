package org.scibert.training.records;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.scibert.io.Text;

/**
 * Writes records in the form in which they were read, with a few values more for each: columns of a table, keys of JSON,
 * notes of a reference. All else is written as it stands in the file, in its encoding. A workbook is written as CSV.
 */
public final class AnnotatedWriter implements Closeable {
    private static final Pattern END_OF_RECORD = Pattern.compile("(?m)^ER(  ?- ?)?[ \\t]*$");
    /** The end of the last line that is not blank, and what follows it. */
    private static final Pattern BLANK_END =
            Pattern.compile("(\r\n|\n|\r)((?:[ \t]*(?:\r\n|\n|\r))*[ \t]*)\\z");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.eE+-]+");

    private final RecordFile file;
    private final List<String> columns;
    private final List<String> names;
    private final Writer out;
    private final String lineEnd;
    private boolean first = true;

    /**
     * Writes what stands before the first record.
     *
     * @param target closed with this
     * @param reader of the file that the records come from
     * @param names of the values that each record gets
     */
    public AnnotatedWriter(OutputStream target, RecordFile file, RecordReader reader, List<String> names) throws IOException {
        this.file = file;
        this.columns = reader.columns();
        this.names = List.copyOf(names);
        TextEncoding encoding = file.encoding();
        Charset charset = encoding == null ? StandardCharsets.UTF_8 : encoding.charset();
        this.out = new BufferedWriter(new OutputStreamWriter(target, charset));
        this.lineEnd = reader.head().endsWith("\r\n") ? "\r\n" : "\n";
        if (encoding != null && encoding.markBytes() > 0) {
            out.write('\uFEFF');
        }
        switch (file.format()) {
            case TABLE -> out.write(beforeEnd(reader.head(), fields(names)));
            case WORKBOOK -> out.write(columns.stream().map(this::quoted).collect(Collectors.joining(","))
                    + fields(names) + lineEnd);
            case JSON -> out.write("[\n");
            default -> out.write(reader.head());
        }
    }

    /**
     * Writes a record.
     *
     * @param values in the order of the names; a blank one is left out where the format allows that
     */
    public void write(SourceRecord record, List<String> values) throws IOException {
        switch (file.format()) {
            case TABLE -> out.write(ended(beforeEnd(withoutMore(record.raw()), fields(values))));
            case WORKBOOK -> out.write(columns.stream()
                    .map(column -> record.fields().containsKey(column) ? record.fields().get(column).text() : "")
                    .map(this::quoted)
                    .collect(Collectors.joining(",")) + fields(values) + lineEnd);
            case JSON_LINES -> out.write(ended(withKeys(record.raw(), values)));
            case JSON -> out.write((first ? "" : ",\n") + withKeys(record.raw(), values));
            case RIS -> out.write(withNotes(record.raw(), "N1  - %s: %s", values));
            case MEDLINE -> out.write(withNotes(record.raw(), "GN  - %s: %s", values));
            case WEB_OF_SCIENCE -> out.write(withNotes(record.raw(), "N1 %s: %s", values));
            case ENDNOTE -> out.write(withNotes(record.raw(), "%%Z %s: %s", values));
            case ENDNOTE_XML -> out.write(withElement(record.raw(), values));
        }
        first = false;
    }

    /** Writes what stands after the last record. */
    public void end(String rest) throws IOException {
        out.write(file.format() == Format.JSON ? "\n]\n" : rest);
    }

    /** A table's record without blank fields beyond the header's. */
    private String withoutMore(String raw) throws IOException {
        String record = raw;
        while (true) {
            try (TableReader parsed = new TableReader(file.path(), new StringReader(record), file.delimiter())) {
                if (parsed.columns().size() <= columns.size()) {
                    return record;
                }
            }
            String content = LineReader.withoutEnd(record);
            record = content.substring(0, content.lastIndexOf(file.delimiter())) + record.substring(content.length());
        }
    }

    private String fields(List<String> values) {
        char delimiter = file.format() == Format.WORKBOOK ? ',' : file.delimiter();
        return values.stream().map(value -> delimiter + quoted(harmless(value))).collect(Collectors.joining());
    }

    /** A value that no spreadsheet runs as a formula. */
    private static String harmless(String value) {
        boolean formula = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
        return formula && !NUMBER.matcher(value).matches() ? "'" + value : value;
    }

    private String quoted(String value) {
        char delimiter = file.format() == Format.WORKBOOK ? ',' : file.delimiter();
        return value.indexOf(delimiter) >= 0 || value.indexOf('"') >= 0 || value.indexOf('\n') >= 0
                        || value.indexOf('\r') >= 0
                ? "\"" + value.replace("\"", "\"\"") + "\""
                : value;
    }

    private static String beforeEnd(String line, String more) {
        String content = LineReader.withoutEnd(line);
        return content + more + line.substring(content.length());
    }

    /** A line with an end: the file's last one may have none, and another may follow it now. */
    private String ended(String line) {
        return line.endsWith("\n") || line.endsWith("\r") ? line : line + lineEnd;
    }

    private String withKeys(String json, List<String> values) {
        int end = json.lastIndexOf('}');
        boolean empty = json.substring(0, end).strip().endsWith("{");
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            if (!values.get(i).isBlank()) {
                String value = NUMBER.matcher(values.get(i)).matches() && names.get(i).matches(".*_(probability|rank)")
                        ? values.get(i)
                        : TextNode.valueOf(values.get(i)).toString();
                keys.append(empty && keys.isEmpty() ? "" : ", ").append('"').append(names.get(i)).append("\": ").append(value);
            }
        }
        return json.substring(0, end) + keys + json.substring(end);
    }

    /** A reference with lines before the one that ends it, or after its last one. */
    private String withNotes(String raw, String pattern, List<String> values) {
        String end = raw.contains("\r\n") ? "\r\n" : "\n";
        StringBuilder notes = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            if (!values.get(i).isBlank()) {
                notes.append(Text.format(pattern, names.get(i), values.get(i).replaceAll("\\s+", " "))).append(end);
            }
        }
        int at = -1;
        if (file.format() == Format.RIS || file.format() == Format.WEB_OF_SCIENCE) {
            Matcher ends = END_OF_RECORD.matcher(raw);
            while (ends.find()) {
                at = ends.start();
            }
        }
        if (at >= 0) {
            return raw.substring(0, at) + notes + raw.substring(at);
        }
        Matcher blank = BLANK_END.matcher(raw);
        return blank.find()
                ? raw.substring(0, blank.end(1)) + notes + blank.group(2)
                : raw + end + notes;
    }

    private String withElement(String raw, List<String> values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            if (!values.get(i).isBlank()) {
                text.append(text.isEmpty() ? "" : "; ").append(names.get(i)).append(": ").append(values.get(i));
            }
        }
        String escaped = text.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        int at = raw.lastIndexOf("</record>");
        return raw.substring(0, at) + "<research-notes><style face=\"normal\">" + escaped + "</style></research-notes>"
                + raw.substring(at);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
