package org.scibert.training.records;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import org.scibert.io.Text;

/** Reads one JSON object a line; blank lines are skipped. */
final class JsonLinesReader implements RecordReader {
    private final Path file;
    private final LineReader lines;
    private final StringBuilder skipped = new StringBuilder();

    JsonLinesReader(Path file, Reader in) {
        this.file = file;
        this.lines = new LineReader(in);
    }

    @Override
    public SourceRecord next() throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (!line.isBlank()) {
                String raw = skipped + line;
                skipped.setLength(0);
                return record(raw, line);
            }
            skipped.append(line);
        }
        return null;
    }

    private SourceRecord record(String raw, String line) throws IOException {
        try (JsonParser parser = JsonFields.MAPPER.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new DataException(file, lines.number(), "it is not a JSON object; write one object a line");
            }
            SourceRecord record = new SourceRecord(lines.number(), raw, JsonFields.of(parser));
            if (parser.nextToken() != null) {
                throw new DataException(file, lines.number(), "there is text after the object; write one object a line");
            }
            return record;
        } catch (JsonProcessingException e) {
            throw new DataException(file, lines.number(), Text.format("it is not JSON (%s); write one object a line",
                    JsonFields.explain(e)));
        }
    }

    @Override
    public String rest() {
        return skipped.toString();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
