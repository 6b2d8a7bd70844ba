package org.scibert.training.records;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;

/** Reads one JSON object a line; blank lines are skipped. */
final class JsonLinesReader implements RecordReader {
    private final Path file;
    private final LineReader lines;
    private final StringBuilder skipped = new StringBuilder();

    JsonLinesReader(Path file, Reader in) {
        this.file = file;
        this.lines = new LineReader(file, in);
    }

    @Override
    public SourceRecord next() throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (!line.isBlank()) {
                String raw = skipped.isEmpty() ? line : skipped + line;
                skipped.setLength(0);
                return JsonFields.record(
                        file, lines.number(), raw, LineReader.withoutEnd(line), "write one object a line");
            }
            skipped.append(line);
        }
        return null;
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
