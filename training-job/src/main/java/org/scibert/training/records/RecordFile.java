package org.scibert.training.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.scibert.io.Text;

/**
 * A file of records, with the format and the encoding that its content shows.
 *
 * @param delimiter of a table's fields
 * @param sheet of a workbook; empty for the first one
 * @param encoding null for formats that are no text
 */
public record RecordFile(Path path, Format format, char delimiter, Optional<String> sheet, TextEncoding encoding) {
    /** Bytes that tell the format: some dozens of records. */
    private static final int HEAD = 1 << 17;

    /** Lines that are looked at to tell JSON lines. */
    private static final int SAMPLE = 50;

    private static final Pattern RIS = Pattern.compile("(?m)^(?:\\d+\\. *)?TY {1,2}- *[A-Z]{2,}");
    private static final Pattern MEDLINE = Pattern.compile("(?m)^PMID- *\\d");
    private static final Pattern WEB_OF_SCIENCE = Pattern.compile("(?m)\\A\\s*(?:FN .*|PT [A-Z]\\b.*)$");
    private static final Pattern ENDNOTE = Pattern.compile("(?m)^%0 \\S");

    /** @throws DataException if it is not there, or is nothing that records can be read from */
    public static RecordFile of(Path path, Optional<String> sheet) throws IOException {
        if (Files.isDirectory(path)) {
            throw new DataException(path, "it is a folder; name a file in it");
        }
        if (!Files.isRegularFile(path)) {
            throw new DataException(path, "there is no such file");
        }
        byte[] head = head(path);
        if (head.length == 0) {
            throw new DataException(path, "it is empty; export the records again");
        }
        if (Workbooks.is(path, head)) {
            return new RecordFile(path, Format.WORKBOOK, ',', sheet, null);
        }
        Optional<String> known = Signature.of(head);
        if (known.isPresent()) {
            throw new DataException(path, known.get());
        }
        TextEncoding encoding = TextEncoding.of(path);
        String text = new String(
                head, encoding.markBytes(), head.length - encoding.markBytes(), encoding.charset());
        Optional<String> unreadable = Signature.ofText(text);
        if (unreadable.isPresent()) {
            throw new DataException(path, unreadable.get());
        }
        Format format = format(text);
        return new RecordFile(path, format, format == Format.TABLE ? Delimiter.of(path, text) : ',', sheet, encoding);
    }

    private static byte[] head(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(HEAD);
        } catch (AccessDeniedException e) {
            throw new DataException(
                    path, "it may not be read: permission is denied; give this user the right to read it");
        }
    }

    private static Format format(String text) {
        String start = text.stripLeading();
        if (mostLinesAreObjects(start)) {
            return Format.JSON_LINES;
        }
        if (start.startsWith("[")) {
            return Format.JSON;
        }
        if (start.startsWith("{")) {
            String first = start.lines().findFirst().orElse("");
            return first.strip().endsWith("}") || !start.substring(first.length()).contains("\"") ? Format.JSON_LINES
                    : isPretty(first) ? Format.JSON : Format.JSON_LINES;
        }
        if (start.startsWith("<")) {
            return Format.ENDNOTE_XML;
        }
        if (WEB_OF_SCIENCE.matcher(text).find() && Pattern.compile("(?m)^(ER|PT [A-Z]\\b.*)$").matcher(text).find()) {
            return Format.WEB_OF_SCIENCE;
        }
        if (MEDLINE.matcher(text).find()) {
            return Format.MEDLINE;
        }
        if (RIS.matcher(text).find()) {
            return Format.RIS;
        }
        return ENDNOTE.matcher(text).find() ? Format.ENDNOTE : Format.TABLE;
    }

    /** Whether the file is JSON lines though one of its first lines may be no object. */
    private static boolean mostLinesAreObjects(String text) {
        List<String> lines = text.lines().limit(SAMPLE).map(String::strip).filter(line -> !line.isEmpty()).toList();
        long objects = lines.stream().filter(line -> line.startsWith("{") && line.endsWith("}")).count();
        return objects > 1 && 2 * objects > lines.size();
    }

    /** Whether the first line of an object leaves it to the next lines to go on, as indented JSON does. */
    private static boolean isPretty(String first) {
        String line = first.strip();
        return line.equals("{") || line.endsWith(",") || line.endsWith("[") || line.endsWith("{");
    }

    /** Opens the file at its beginning. */
    public RecordReader open() throws IOException {
        if (format == Format.WORKBOOK) {
            return new WorkbookReader(path, sheet);
        }
        InputStream bytes = Files.newInputStream(path);
        bytes.skipNBytes(encoding.markBytes());
        Reader in = new InputStreamReader(bytes, encoding.charset());
        return switch (format) {
            case JSON_LINES -> new JsonLinesReader(path, in);
            case JSON -> new JsonReader(path, in);
            case TABLE -> new TableReader(path, in, delimiter);
            case RIS -> new TaggedReader(path, in, Dialect.RIS);
            case MEDLINE -> new TaggedReader(path, in, Dialect.MEDLINE);
            case WEB_OF_SCIENCE -> new TaggedReader(path, in, Dialect.WEB_OF_SCIENCE);
            case ENDNOTE -> new TaggedReader(path, in, Dialect.ENDNOTE);
            case ENDNOTE_XML -> new EndNoteXmlReader(path, in);
            case WORKBOOK -> throw new IllegalStateException("a workbook is no text; this is a bug");
        };
    }

    /** The format and the encoding, in words. */
    public String title() {
        String how = switch (format) {
            case TABLE -> "a table delimited by " + delimiterTitle();
            case WORKBOOK -> format.title() + sheet.map(name -> ", sheet \"" + name + "\"").orElse("");
            default -> format.title();
        };
        return encoding == null ? how : how + ", " + encoding.title();
    }

    private String delimiterTitle() {
        return switch (delimiter) {
            case ',' -> "commas";
            case ';' -> "semicolons";
            case '\t' -> "tabs";
            case '|' -> "bars (|)";
            default -> "\"" + delimiter + "\"";
        };
    }

    /** What a user should know about how the file is read. */
    public List<String> notices() {
        return encoding == null || encoding.oddLine() == 0
                ? List.of()
                : List.of(Text.format(
                        "line %s is not UTF-8 (byte 0x%02X), so the file is read as Windows-1252; if characters look",
                        encoding.oddLine(), encoding.oddByte()) + " wrong, save it as UTF-8");
    }
}
