package org.scibert.training.records;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import org.scibert.io.Text;

/**
 * Reads a JSON list of objects, or objects that take more than a line each. A record's raw text is the object's JSON in
 * one line: white space is not kept.
 */
final class JsonReader implements RecordReader {
    private final Path file;
    private final JsonParser parser;

    JsonReader(Path file, Reader in) throws IOException {
        this.file = file;
        this.parser = JsonFields.MAPPER.createParser(in);
    }

    @Override
    public SourceRecord next() throws IOException {
        try {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY && parser.getParsingContext().getParent().inRoot()) {
                token = parser.nextToken();
            }
            if (token == null || token == JsonToken.END_ARRAY) {
                return null;
            }
            int line = line();
            if (token != JsonToken.START_OBJECT) {
                throw new DataException(file, line, "it is not a JSON object; write a list of objects, or one a line");
            }
            ObjectNode object = parser.readValueAsTree();
            try (JsonParser fields = JsonFields.MAPPER.treeAsTokens(object)) {
                fields.nextToken();
                return new SourceRecord(line, object.toString(), JsonFields.of(fields));
            }
        } catch (JsonProcessingException e) {
            throw new DataException(file, line(), Text.format(
                    "it is not JSON (%s); write a list of objects, or one object a line",
                    JsonFields.explain(e)));
        }
    }

    private int line() {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    @Override
    public String rest() {
        return "";
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
