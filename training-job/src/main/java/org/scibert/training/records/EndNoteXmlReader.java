package org.scibert.training.records;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.scibert.io.Text;
import org.scibert.training.records.SourceRecord.Field;
import org.scibert.training.records.SourceRecord.Kind;

/**
 * Reads EndNote's XML: the text between {@code <record>} and {@code </record>}, which do not nest, is parsed by itself,
 * so that a record keeps its raw text. Neither document types nor external entities are followed.
 */
final class EndNoteXmlReader implements RecordReader {
    private static final String BEGIN = "<record>";
    private static final String END = "</record>";

    /** Elements that are no fields: a style stands within one, and the key is a number that EndNote gives itself. */
    private static final Set<String> NO_FIELDS = Set.of("style", "key", "database", "source-app");

    private final Path file;
    private final Reader in;
    private final StringBuilder pending = new StringBuilder();
    private int line = 1;

    EndNoteXmlReader(Path file, Reader in) {
        this.file = file;
        this.in = in;
    }

    @Override
    public SourceRecord next() throws IOException {
        int end = find(END);
        if (end < 0) {
            return unfinished();
        }
        String raw = pending.substring(0, end + END.length());
        pending.delete(0, raw.length());
        int begin = Math.max(raw.indexOf(BEGIN), raw.indexOf("<record "));
        int start = line + lines(raw.substring(0, Math.max(0, begin)));
        line += lines(raw);
        if (begin < 0) {
            throw new BadRecordException(file, line, raw, "a record ends here that does not begin; export the records"
                    + " again");
        }
        try {
            return new SourceRecord(start, raw, fields(raw.substring(begin)));
        } catch (XMLStreamException e) {
            int at = e.getLocation() == null ? start : start + Math.max(0, e.getLocation().getLineNumber() - 1);
            throw new BadRecordException(file, start, raw, Text.format(
                    "this record is not well-formed XML (line %s); export the records again", at));
        }
    }

    /** Null at the end of the file, unless a record begins there that has no end. */
    private SourceRecord unfinished() throws DataException {
        int begin = Math.max(pending.lastIndexOf(BEGIN), pending.lastIndexOf("<record "));
        if (begin < 0) {
            return null;
        }
        int start = line + lines(pending.substring(0, begin));
        String raw = pending.toString();
        pending.setLength(0);
        throw new BadRecordException(file, start, raw, "this record has no end: the file is cut off; export the records"
                + " again");
    }

    private int find(String what) throws IOException {
        char[] buffer = new char[1 << 13];
        int from = 0;
        while (true) {
            int found = pending.indexOf(what, from);
            if (found >= 0) {
                return found;
            }
            from = Math.max(0, pending.length() - what.length());
            int read = in.read(buffer);
            if (read < 0) {
                return -1;
            }
            pending.append(buffer, 0, read);
            if (pending.length() > MOST_CHARACTERS) {
                throw new DataException(file, line, Text.format(
                        "no </record> stands within %s characters; is it EndNote's XML?", MOST_CHARACTERS));
            }
        }
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    private static Map<String, Field> fields(String xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        Map<String, List<String>> found = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>();
        StringBuilder text = new StringBuilder();
        XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                open.push(reader.getLocalName());
                if (!reader.getLocalName().equals("style")) {
                    text.setLength(0);
                }
            } else if (event == XMLStreamConstants.CHARACTERS) {
                text.append(reader.getText());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                String name = open.pop();
                if (!NO_FIELDS.contains(name) && !text.toString().isBlank()) {
                    found.computeIfAbsent(name, key -> new ArrayList<>(1)).add(text.toString().strip());
                }
                if (!name.equals("style")) {
                    text.setLength(0);
                }
            }
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        found.forEach((name, texts) -> fields.put(name, new Field(Kind.TEXT, texts)));
        return fields;
    }

    @Override
    public String rest() {
        return pending.toString();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
