package org.scibert.training.records;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.training.records.SourceRecord.Field;
import org.scibert.training.records.SourceRecord.Kind;

/** The fields of JSON objects that other programs wrote. Numbers keep their spelling; true and false are 1 and 0. */
final class JsonFields {
    /** Not the project's own mapper: NaN, which Python writes, must be seen to be named, and numbers stay as written. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonFields() {}

    /** Reads an object whose first token was read; fields that are null are left out. */
    static Map<String, Field> of(JsonParser parser) throws IOException {
        Map<String, Field> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isScalarValue()) {
                if (value != JsonToken.VALUE_NULL) {
                    fields.put(name, Field.of(scalar(parser)));
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
    static String explain(JsonProcessingException e) {
        return e.getOriginalMessage()
                .replaceAll("(?s)\\s*\\(start marker.*", "")
                .replaceAll("(?s)\\s*(at )?\\[Source.*", "")
                .replaceAll("(?s):? ?enable `[^`]*`.*", "")
                .replaceAll(",? ?(from )?`[^`]*`", "")
                .replaceAll("\\s+", " ");
    }
}
