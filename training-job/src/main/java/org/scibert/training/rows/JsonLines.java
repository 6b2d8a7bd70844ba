package org.scibert.training.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** One JSON object a line; blank lines are skipped. */
final class JsonLines {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private JsonLines() {}

    static Rows parse(Source source, boolean labelled, int maxRows) throws DataException {
        List<Row> rows = new ArrayList<>();
        boolean labelLists = false;
        int line = 0;
        for (Iterator<String> lines = source.content().lines().iterator(); lines.hasNext() && rows.size() < maxRows; ) {
            String json = lines.next();
            line++;
            if (json.isBlank()) {
                continue;
            }
            JsonNode row = object(source, line, json);
            boolean labelList = labelled && row.has("labels");
            if (rows.isEmpty()) {
                labelLists = labelList;
            } else if (labelList != labelLists) {
                throw source.bad(line, "it has %s, the first row %s; use one of them throughout"
                        .formatted(key(labelList), key(labelLists)));
            }
            List<String> labels = labelled ? labels(source, line, row) : List.of();
            String id = row.path("id").isMissingNode() ? source.id(line) : row.path("id").asText();
            rows.add(source.row(line, id, text(source, line, row), labels));
        }
        return source.rows(labelLists, rows);
    }

    private static JsonNode object(Source source, int line, String json) throws DataException {
        try {
            JsonNode row = JSON.readTree(json);
            if (row.isObject()) {
                return row;
            }
        } catch (JsonProcessingException e) {
            throw source.bad(line, "it is not JSON (%s); write one object a line, or name the file .csv or .tsv"
                    .formatted(e.getOriginalMessage()));
        }
        throw source.bad(line, "it is not a JSON object; write one object a line");
    }

    private static String text(Source source, int line, JsonNode row) throws DataException {
        JsonNode text = row.path("text");
        if (text.isTextual()) {
            return text.asText();
        }
        throw source.bad(line, text.isMissingNode()
                ? "it has no \"text\"; its keys are " + keys(row)
                : "\"text\" must be a string, is " + text);
    }

    private static List<String> labels(Source source, int line, JsonNode row) throws DataException {
        if (row.has("label") == row.has("labels")) {
            throw source.bad(line, row.has("label")
                    ? "it has both \"label\" and \"labels\"; keep one"
                    : "it has no \"label\"; its keys are " + keys(row));
        }
        if (row.has("label")) {
            return List.of(label(source, line, row.get("label")));
        }
        JsonNode list = row.get("labels");
        if (!list.isArray()) {
            throw source.bad(line, "\"labels\" must be a list, is %s; one label is given as \"label\"".formatted(list));
        }
        List<String> labels = new ArrayList<>();
        for (JsonNode label : list) {
            labels.add(label(source, line, label));
        }
        return labels;
    }

    private static String label(Source source, int line, JsonNode label) throws DataException {
        if (label.isTextual()) {
            return label.asText();
        }
        if (label.isBoolean()) {
            return label.asBoolean() ? "1" : "0";
        }
        if (label.isNumber()) {
            return label.decimalValue().stripTrailingZeros().toPlainString();
        }
        throw source.bad(line, "a label must be a string, a number or a boolean, is " + label);
    }

    private static String key(boolean labelList) {
        return labelList ? "\"labels\"" : "\"label\"";
    }

    private static String keys(JsonNode row) {
        List<String> keys = new ArrayList<>();
        row.fieldNames().forEachRemaining(keys::add);
        return keys.isEmpty() ? "none" : String.join(", ", keys);
    }
}
