package org.scibert.training.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.io.Text;
import org.scibert.training.records.SourceRecord.Field;
import org.scibert.training.records.SourceRecord.Kind;

/** The fields of JSON objects that other programs wrote. Numbers keep their spelling; true and false are 1 and 0. */
final class JsonFields {
    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder().maxStringLength(RecordReader.MOST_CHARACTERS).build();

    /**
     * Not the project's own mapper: NaN, which Python writes, must be seen to be named, and numbers stay as written.
     */
    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonFields() {}

    /**
     * The record of a JSON object.
     *
     * @param raw the record's text as it stands in the file
     * @param json the object in it
     * @param ask how records are to be written, for messages
     */
    static SourceRecord record(Path file, int line, String raw, String json, String ask) throws IOException {
        try (JsonParser parser = MAPPER.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadRecordException(file, line, raw, "it is not a JSON object; " + ask);
            }
            SourceRecord record = new SourceRecord(line, raw, fields(parser));
            if (parser.nextToken() != null) {
                throw new BadRecordException(file, line, raw, "there is text after the object; " + ask);
            }
            return record;
        } catch (JsonProcessingException e) {
            throw new BadRecordException(file, line, raw, Text.format("it is not JSON (%s); %s", explain(e), ask));
        }
    }

    /** The tree of an object that was read as a record. */
    static ObjectNode tree(String raw) throws IOException {
        return (ObjectNode) MAPPER.readTree(raw.replaceFirst("^[\\s,]*", ""));
    }

    /** Reads an object whose first token was read; fields that are null are left out. */
    private static Map<String, Field> fields(JsonParser parser) throws IOException {
        Map<String, Field> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isScalarValue()) {
                if (value != JsonToken.VALUE_NULL) {
                    Kind kind = value == JsonToken.VALUE_STRING ? Kind.TEXT : Kind.SCALAR;
                    fields.put(name, new Field(kind, List.of(scalar(parser))));
                }
            } else {
                fields.put(name, value == JsonToken.START_ARRAY ? list(parser) : structure(parser));
            }
        }
        return fields;
    }

    private static Field list(JsonParser parser) throws IOException {
        List<String> texts = new ArrayList<>();
        boolean scalars = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_NULL) {
                texts.add(scalar(parser));
            } else {
                texts.add(parser.readValueAsTree().toString());
                scalars = false;
            }
        }
        return scalars
                ? new Field(Kind.LIST, texts)
                : new Field(Kind.STRUCTURE, List.of("[" + String.join(",", texts) + "]"));
    }

    private static Field structure(JsonParser parser) throws IOException {
        return new Field(Kind.STRUCTURE, List.of(parser.readValueAsTree().toString()));
    }

    private static String scalar(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> "1";
            case VALUE_FALSE -> "0";
            default -> parser.getText();
        };
    }

    /** What is wrong, without the library's advice about its own switches. */
    private static String explain(JsonProcessingException e) {
        return e.getOriginalMessage()
                .replaceAll("(?s)\\s*\\(start marker.*", "")
                .replaceAll("(?s)\\s*(at )?\\[Source.*", "")
                .replaceAll("(?s):? ?enable `[^`]*`.*", "")
                .replaceAll(",? ?(from )?`[^`]*`", "")
                .replaceAll("\\s+", " ");
    }
}
