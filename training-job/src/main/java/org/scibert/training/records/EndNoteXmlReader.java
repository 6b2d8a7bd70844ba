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
import org.scibert.training.records.SourceRecord.Field;
import org.scibert.training.records.SourceRecord.Kind;

/**
 * Reads EndNote's XML: the text between {@code <record>} and {@code </record>}, which do not nest, is parsed by itself,
 * so that a record keeps its raw text. Neither document types nor external entities are followed.
 */
final class EndNoteXmlReader implements RecordReader {
    private static final String BEGIN = "<record>";
    private static final String END = "</record>";

    /** Elements whose text is a field; style elements inside them are looked through. */
    private static final Set<String> FIELDS = Set.of(
            "title", "abstract", "keyword", "electronic-resource-num", "accession-num", "rec-number", "label", "notes",
            "research-notes", "custom1", "custom2", "custom3", "custom4", "custom5", "custom6", "custom7", "year");

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
            return null;
        }
        String raw = pending.substring(0, end + END.length());
        pending.delete(0, raw.length());
        int begin = Math.max(raw.indexOf(BEGIN), raw.indexOf("<record "));
        int start = line + lines(raw.substring(0, Math.max(0, begin)));
        line += lines(raw);
        if (begin < 0) {
            throw new DataException(file, start, "a record ends here that does not begin; export the records again");
        }
        try {
            return new SourceRecord(start, raw, fields(raw.substring(begin)));
        } catch (XMLStreamException e) {
            int at = e.getLocation() == null ? start : start + Math.max(0, e.getLocation().getLineNumber() - 1);
            throw new DataException(file, at, "this record is not well-formed XML; export the records again");
        }
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
                if (FIELDS.contains(reader.getLocalName())) {
                    text.setLength(0);
                }
            } else if (event == XMLStreamConstants.CHARACTERS) {
                text.append(reader.getText());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                String name = open.pop();
                if (FIELDS.contains(name) && !text.toString().isBlank()) {
                    found.computeIfAbsent(name, key -> new ArrayList<>(1)).add(text.toString().strip());
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
