package org.scibert.training.records;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scibert.io.Text;

/**
 * Writes records in the form in which they were read, with a few values more for each: columns of a table, keys of
 * JSON, notes of a reference. All else is written as it stands in the file, in its encoding, but for values of the same
 * names that an earlier run wrote: the new ones replace them.
 */
public final class AnnotatedWriter implements RecordWriter {
    private static final Pattern END_OF_RECORD = Pattern.compile("(?m)^ER(  ?- ?)?[ \\t]*$");
    /** The end of the last line that is not blank, and what follows it. */
    private static final Pattern BLANK_END =
            Pattern.compile("(\r\n|\n|\r)((?:[ \t]*(?:\r\n|\n|\r))*[ \t]*)\\z");
    private static final Pattern BETWEEN = Pattern.compile("^[\\s,]*");

    private final RecordFile file;
    private final List<String> columns;
    /** Columns of the file that have one of the names. */
    private final List<Integer> replaced = new ArrayList<>();
    private final List<String> names;
    private final Pattern earlier;
    private final Writer out;
    private final String lineEnd;
    private final boolean list;
    private boolean first = true;

    /**
     * Writes what stands before the first record.
     *
     * @param target closed with this
     * @param file of any format that is text
     * @param reader of the file that the records come from
     * @param names of the values that each record gets
     */
    public AnnotatedWriter(OutputStream target, RecordFile file, RecordReader reader, List<String> names)
            throws IOException {
        this.file = file;
        this.columns = reader.columns();
        this.names = List.copyOf(names);
        this.earlier = earlier(file.format(), names);
        this.lineEnd = reader.head().endsWith("\r\n") ? "\r\n" : "\n";
        this.list = reader.head().endsWith("[");
        for (int i = 0; i < columns.size(); i++) {
            if (names.contains(columns.get(i))) {
                replaced.add(i);
            }
        }
        TextEncoding encoding = file.encoding();
        this.out = new BufferedWriter(new OutputStreamWriter(target, encoding.charset()));
        if (encoding.markBytes() > 0) {
            out.write('\uFEFF');
        }
        out.write(file.format() == Format.TABLE ? header(reader.head()) : reader.head());
    }

    @Override
    public void write(Annotated record) throws IOException {
        String raw = record.record().raw();
        switch (file.format()) {
            case TABLE -> out.write(ended(beforeEnd(row(raw), fields(record.values()))));
            case JSON_LINES -> out.write(ended(json(record)));
            case JSON -> out.write(separated(json(record)));
            case RIS -> out.write(withNotes(record, "N1  - "));
            case MEDLINE -> out.write(withNotes(record, "GN  - "));
            case WEB_OF_SCIENCE -> out.write(withNotes(record, "N1 "));
            case ENDNOTE -> out.write(withNotes(record, "%Z "));
            case ENDNOTE_XML -> out.write(withElement(raw, record.values()));
            case WORKBOOK -> throw new IllegalStateException("a workbook is no text; this is a bug");
        }
        first = false;
    }

    @Override
    public void end(String rest) throws IOException {
        out.write(rest);
    }

    /** What an earlier run wrote beside a record. */
    private static Pattern earlier(Format format, List<String> names) {
        String any = names.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));
        return Pattern.compile(switch (format) {
            case JSON_LINES, JSON -> ",?\\s*(?<!\\\\)\"" + any + "\":\\s*(?:\"(?:[^\"\\\\]|\\\\.)*\"|[0-9.eE+-]+)";
            case ENDNOTE_XML -> "<research-notes><style face=\"normal\">" + any + ": [^<]*</style></research-notes>";
            default -> "(?m)^(?:N1  - |GN  - |N1 |%Z )" + any + ": .*(?:\r\n|\n|\r)";
        });
    }

    private String header(String head) {
        int line = head.startsWith("sep=") ? head.indexOf('\n') + 1 : 0;
        return beforeEnd(head.substring(0, line) + row(head.substring(line)), fields(names));
    }

    /**
     * A table's record with as many fields as the header, so that those that follow stand under their names: without
     * blank ones beyond the header's and without those that are replaced. Where fields are missing, blank ones are
     * added; other fields beyond the header's are kept.
     */
    private String row(String raw) {
        String content = LineReader.withoutEnd(raw);
        List<Integer> starts = TableReader.fieldStarts(content, file.delimiter());
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1) - 1 : content.length();
            fields.add(content.substring(starts.get(i), end));
        }
        if (fields.size() == columns.size() && replaced.isEmpty()) {
            return raw;
        }
        while (fields.size() > columns.size() && fields.get(fields.size() - 1).isBlank()) {
            fields.remove(fields.size() - 1);
        }
        while (fields.size() < columns.size()) {
            fields.add("");
        }
        for (int i = replaced.size() - 1; i >= 0; i--) {
            fields.remove((int) replaced.get(i));
        }
        return content.substring(0, starts.get(0)) + String.join(String.valueOf(file.delimiter()), fields)
                + raw.substring(content.length());
    }

    private String fields(List<String> values) {
        return values.stream()
                .map(value -> file.delimiter() + Cells.quoted(Cells.harmless(oneLine(value)), file.delimiter()))
                .collect(Collectors.joining());
    }

    private static String beforeEnd(String line, String more) {
        String content = LineReader.withoutEnd(line);
        return content + more + line.substring(content.length());
    }

    /** A line with an end: the file's last one may have none, and another may follow it now. */
    private String ended(String line) {
        return line.endsWith("\n") || line.endsWith("\r") ? line : line + lineEnd;
    }

    /** An element of a list after the comma that it needs in its new place. */
    private String separated(String element) {
        if (!list) {
            return first || Character.isWhitespace(element.charAt(0)) ? element : lineEnd + element;
        }
        Matcher between = BETWEEN.matcher(element);
        String before = between.find() ? between.group() : "";
        String space = before.replace(",", "");
        return (first ? space : before.contains(",") ? before : "," + before) + element.substring(before.length());
    }

    private String json(Annotated record) {
        String raw = record.record().raw();
        if (!record.readable()) {
            String content = BETWEEN.matcher(LineReader.withoutEnd(raw)).replaceFirst("");
            String before = raw.substring(0, raw.indexOf(content));
            return before + "{\"SciBERT_original\": " + TextNode.valueOf(content) + keys(record.values()) + "}"
                    + raw.substring(before.length() + content.length());
        }
        String json = raw.contains("SciBERT_") ? earlier.matcher(raw).replaceAll("") : raw;
        int end = json.lastIndexOf('}');
        boolean empty = json.substring(0, end).strip().endsWith("{");
        String keys = keys(record.values());
        return json.substring(0, end) + (empty && !keys.isEmpty() ? keys.substring(2) : keys) + json.substring(end);
    }

    private String keys(List<String> values) {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            if (!values.get(i).isBlank()) {
                String value = Cells.isNumber(values.get(i)) && names.get(i).matches(".*_(probability|rank)")
                        ? values.get(i)
                        : TextNode.valueOf(values.get(i)).toString();
                keys.append(", \"").append(names.get(i)).append("\": ").append(value);
            }
        }
        return keys.toString();
    }

    /** A reference with lines before the one that ends it, or after its last one. */
    private String withNotes(Annotated record, String tag) {
        String raw = record.record().raw();
        if (raw.contains("SciBERT_")) {
            raw = earlier.matcher(raw).replaceAll("");
        }
        String end = raw.contains("\r\n") ? "\r\n" : "\n";
        StringBuilder notes = new StringBuilder();
        record.notes().forEach(note -> notes.append(tag).append(note).append(end));
        for (int i = 0; i < names.size(); i++) {
            if (!record.values().get(i).isBlank()) {
                notes.append(tag).append(names.get(i)).append(": ").append(oneLine(record.values().get(i))).append(end);
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

    private static String oneLine(String value) {
        return value.replaceAll("\\s+", " ");
    }

    /** A record of XML with an element more; one that is cut off is left as it is. */
    private String withElement(String raw, List<String> values) {
        String text = IntStream.range(0, names.size())
                .filter(i -> !values.get(i).isBlank())
                .mapToObj(i -> names.get(i) + ": " + values.get(i))
                .collect(Collectors.joining("; "));
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        String record = raw.contains("SciBERT_") ? earlier.matcher(raw).replaceAll("") : raw;
        int at = record.lastIndexOf("</record>");
        return at < 0 ? record : Text.format(
                "%s<research-notes><style face=\"normal\">%s</style></research-notes>%s",
                record.substring(0, at), escaped, record.substring(at));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
