package org.scibert.training.records;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.io.Text;
import org.scibert.training.records.SourceRecord.Field;
import org.scibert.training.records.SourceRecord.Kind;

/**
 * Reads RIS and its relatives, in the forms that databases give them. Unknown tags are kept. Text between records, such
 * as Ovid's {@code 1. } and Cochrane's {@code Record #1 of 2}, belongs to the raw text of the record after it.
 *
 * <p>Written here because no library for Java keeps raw lines, and the known ones fail on unknown tags.
 */
final class TaggedReader implements RecordReader {
    private final Path file;
    private final LineReader lines;
    private final Dialect dialect;
    /** The lines since the last record, and a tag among them that begins the next one. */
    private final StringBuilder raw = new StringBuilder();
    private final Map<String, List<StringBuilder>> fields = new LinkedHashMap<>();
    private StringBuilder value;
    private boolean begun;
    private int firstLine;

    TaggedReader(Path file, Reader in, Dialect dialect) {
        this.file = file;
        this.lines = new LineReader(file, in);
        this.dialect = dialect;
    }

    @Override
    public SourceRecord next() throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (raw.length() > MOST_CHARACTERS) {
                throw new DataException(file, Math.max(1, firstLine), Text.format(
                        "a record that begins here has more than %s characters; is it in the right format?",
                        MOST_CHARACTERS));
            }
            Optional<Dialect.Tagged> tagged = dialect.tag(LineReader.withoutEnd(line));
            String tag = tagged.map(Dialect.Tagged::tag).orElse("");
            if (dialect.ends(tag) && !fields.isEmpty()) {
                raw.append(line);
                return take();
            }
            if (dialect.begins(tag) && begun) { // the end of the record before it is missing, or has no tag
                SourceRecord record = take();
                raw.append(line);
                add(tagged.get());
                return record;
            }
            raw.append(line);
            if (tagged.isPresent()) {
                if (dialect.isOfFile(tag) || dialect.ends(tag)) {
                    value = null;
                } else {
                    add(tagged.get());
                }
            } else if (value != null && dialect.continues(line)) {
                continueValue(line.strip());
            }
        }
        return begun || !fields.isEmpty() ? take() : null;
    }

    private void add(Dialect.Tagged tagged) {
        if (fields.isEmpty()) {
            firstLine = lines.number();
        }
        begun |= dialect.begins(tagged.tag());
        value = new StringBuilder(tagged.value());
        fields.computeIfAbsent(tagged.tag(), tag -> new ArrayList<>(1)).add(value);
    }

    private void continueValue(String text) {
        if (!text.isEmpty()) {
            value.append(value.isEmpty() ? "" : " ").append(text);
        }
    }

    private SourceRecord take() {
        Map<String, Field> taken = new LinkedHashMap<>();
        fields.forEach((tag, values) -> {
            List<String> texts = values.stream().map(StringBuilder::toString).filter(text -> !text.isEmpty()).toList();
            if (!texts.isEmpty()) {
                taken.put(tag, new Field(Kind.TEXT, texts));
            }
        });
        SourceRecord record = new SourceRecord(firstLine, raw.toString(), taken);
        raw.setLength(0);
        fields.clear();
        value = null;
        begun = false;
        return record;
    }

    @Override
    public String rest() {
        return raw.toString();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
