package org.scibert.training.records;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.io.Text;
import org.scibert.training.records.SourceRecord.Field;

/**
 * Reads a table with a header line and delimited fields, after RFC 4180: a field in {@code "} quotes may hold
 * delimiters and line ends, and doubles its own quotes. Blank lines are skipped. Where a quote is not closed, or is
 * closed within a field, only the line that the record begins in is lost: what was read beyond it is read again.
 *
 * <p>Written here because no library keeps a record's text as it stands in the file.
 */
final class TableReader implements RecordReader {
    private final Path file;
    private final Reader in;
    private final char delimiter;
    private final char[] buffer = new char[1 << 14];
    private int at;
    private int end;
    /** Characters that are read again before those of the buffer, and how many of them were. */
    private String again = "";
    private int againAt;
    private boolean reachedEnd;
    /** The line of the next character. */
    private int line = 1;
    private final List<String> columns;
    private final String head;
    private StringBuilder raw = new StringBuilder();

    TableReader(Path file, Reader in, char delimiter) throws IOException {
        this.file = file;
        this.in = in;
        this.delimiter = delimiter;
        Parsed header = parse();
        if (header != null && header.fields.get(0).startsWith("sep=")) {
            String excel = raw.toString(); // Excel's own line about the delimiter
            raw = new StringBuilder();
            header = parse();
            raw.insert(0, excel);
        }
        this.columns = header == null ? List.of() : header.fields.stream().map(String::strip).toList();
        this.head = raw.toString();
    }

    /** The fields of a record and the line in which it begins. */
    private record Parsed(int line, List<String> fields) {}

    /** Why a record can't be told from what follows it. */
    private static final class BadQuote extends Exception {
        private static final long serialVersionUID = 1L;

        BadQuote(String reason) {
            super(reason, null, false, false);
        }
    }

    /** Where each field of one record's text begins; what follows a quote that is not closed is one field. */
    static List<Integer> fieldStarts(String record, char delimiter) {
        List<Integer> starts = new ArrayList<>();
        int at = 0;
        while (at < record.length() && (record.charAt(at) == '\n' || record.charAt(at) == '\r')) {
            at++;
        }
        starts.add(at);
        boolean quoted = false;
        for (; at < record.length(); at++) {
            char c = record.charAt(at);
            if (quoted) {
                if (c == '"' && at + 1 < record.length() && record.charAt(at + 1) == '"') {
                    at++;
                } else {
                    quoted = c != '"';
                }
            } else if (c == '"') {
                quoted = starts.get(starts.size() - 1) == at;
            } else if (c == delimiter) {
                starts.add(at + 1);
            }
        }
        return starts;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public String head() {
        return head;
    }

    @Override
    public SourceRecord next() throws IOException {
        raw = new StringBuilder();
        Parsed parsed = parse();
        if (parsed == null) {
            return null;
        }
        List<String> values = parsed.fields;
        boolean blankBeyond = values.size() > columns.size()
                && values.subList(columns.size(), values.size()).stream().allMatch(String::isBlank);
        if (values.size() != columns.size() && !blankBeyond) {
            throw new BadRecordException(file, parsed.line, raw.toString(),
                    Text.format("it has %s fields, the header %s; put fields that hold delimiters in quotes",
                            values.size(), columns.size()));
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            // Of two columns with one name, the first counts; a name that is chosen must stand once (Columns).
            fields.putIfAbsent(columns.get(i), Field.of(values.get(i)));
        }
        return new SourceRecord(parsed.line, raw.toString(), fields);
    }

    /** The next record that is not a blank line; its text is appended to what was read. */
    private Parsed parse() throws IOException {
        while (peek() >= 0) {
            int start = line;
            int rawStart = raw.length();
            List<String> fields;
            try {
                fields = fields();
            } catch (BadQuote e) {
                backToFirstLine(start, rawStart);
                throw new BadRecordException(file, start, raw.toString(), e.getMessage());
            }
            if (raw.length() > rawStart && !(fields.size() == 1 && fields.get(0).isEmpty()
                    && LineReader.withoutEnd(raw.substring(rawStart)).isEmpty())) {
                return new Parsed(start, fields);
            }
        }
        return null;
    }

    /** Leaves the first line of the record in the raw text, and all that follows it to be read again. */
    private void backToFirstLine(int start, int rawStart) throws IOException {
        int cut = rawStart;
        while (cut < raw.length() && raw.charAt(cut) != '\n' && raw.charAt(cut) != '\r') {
            cut++;
        }
        if (cut == raw.length()) {
            plainLine();
            return;
        }
        cut += raw.charAt(cut) == '\r' && cut + 1 < raw.length() && raw.charAt(cut + 1) == '\n' ? 2 : 1;
        int back = raw.length() - cut;
        if (againAt >= back) {
            againAt -= back;
        } else {
            again = raw.substring(cut);
            againAt = 0;
        }
        raw.setLength(cut);
        line = start + (raw.charAt(cut - 1) == '\n' ? 1 : 0);
    }

    /** Reads the rest of a line with its end. */
    private void plainLine() throws IOException {
        int c = read();
        while (c >= 0 && c != '\n' && c != '\r') {
            c = read();
        }
        if (c == '\r' && peek() == '\n') {
            read();
        }
    }

    private List<String> fields() throws IOException, BadQuote {
        List<String> fields = new ArrayList<>();
        while (true) {
            fields.add(peek() == '"' ? quoted() : plain());
            int c = peek();
            if (c == delimiter) {
                read();
                continue;
            }
            if (c == '\r') {
                read();
                if (peek() == '\n') {
                    read();
                }
            } else if (c == '\n') {
                read();
            }
            return fields;
        }
    }

    private String plain() throws IOException {
        StringBuilder field = new StringBuilder();
        for (int c = peek(); c >= 0 && c != delimiter && c != '\n' && c != '\r'; c = peek()) {
            field.append((char) read());
            if (field.length() > MOST_CHARACTERS) {
                throw new DataException(file, line, Text.format("a field has more than %s characters; is it a table"
                        + " with delimiters, in the right format?", MOST_CHARACTERS));
            }
        }
        return field.toString();
    }

    private String quoted() throws IOException, BadQuote {
        StringBuilder field = new StringBuilder();
        int opened = line;
        read();
        while (true) {
            int c = read();
            if (c < 0 || field.length() > MOST_CHARACTERS) {
                throw new BadQuote(Text.format("a quote that opens a field in line %s is never closed; close it, or",
                        opened) + " double each quote inside the field");
            }
            if (c != '"') {
                field.append((char) c);
            } else if (peek() == '"') {
                field.append((char) read());
            } else {
                int after = peek();
                if (after >= 0 && after != delimiter && after != '\n' && after != '\r') {
                    throw new BadQuote(Text.format("there is text after the quote that closes a field in line %s;"
                            + " double each quote inside the field, or close the one before", line));
                }
                return field.toString();
            }
        }
    }

    /** Whether the last character was read, if only to be read again. */
    boolean reachedEnd() {
        return reachedEnd;
    }

    private int peek() throws IOException {
        if (againAt < again.length()) {
            return again.charAt(againAt);
        }
        if (at == end) {
            end = Math.max(0, in.read(buffer));
            at = 0;
            reachedEnd |= end == 0;
        }
        return at < end ? buffer[at] : -1;
    }

    private int read() throws IOException {
        int c = peek();
        if (c >= 0) {
            if (againAt < again.length()) {
                againAt++;
            } else {
                again = "";
                againAt = 0;
                at++;
            }
            raw.append((char) c);
            line += c == '\n' ? 1 : 0;
        }
        return c;
    }

    @Override
    public String rest() {
        return raw.toString();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
