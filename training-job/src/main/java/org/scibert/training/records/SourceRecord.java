package org.scibert.training.records;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One record of a file.
 *
 * @param line where the record begins, counted from 1
 * @param raw the record's text as it stands in the file, with what stands between it and the record before; empty for
 *     formats that are no text
 * @param fields by name, in the record's order; a field without a value is left out
 */
public record SourceRecord(int line, String raw, Map<String, Field> fields) {

    public SourceRecord {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** What a field holds. */
    public enum Kind {
        /** One text; in formats of tags, one for each time that the tag stands there. */
        TEXT,
        /** A JSON number or boolean. */
        SCALAR,
        /** A JSON list of texts, numbers and booleans; it may be empty. */
        LIST,
        /** A JSON object, or a list that holds more than texts, numbers and booleans. */
        STRUCTURE
    }

    /**
     * The value of a field.
     *
     * @param texts of a {@link Kind#STRUCTURE}, its JSON
     */
    public record Field(Kind kind, List<String> texts) {
        public Field {
            texts = List.copyOf(texts);
        }

        static Field of(String text) {
            return new Field(Kind.TEXT, List.of(text));
        }

        /** The values as one text, with line ends between them. */
        public String text() {
            return String.join("\n", texts);
        }
    }
}
