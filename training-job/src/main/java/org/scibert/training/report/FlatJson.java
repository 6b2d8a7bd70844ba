package org.scibert.training.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** An object of JSON without objects in it. */
public final class FlatJson {
    private FlatJson() {}

    /** Values by their path of keys, such as {@code fineTuning.epochs}; lists stay lists. */
    public static Map<String, JsonNode> of(JsonNode object) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        collect("", object, values);
        return values;
    }

    private static void collect(String path, JsonNode object, Map<String, JsonNode> values) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getValue().isObject()) {
                collect(path + field.getKey() + ".", field.getValue(), values);
            } else {
                values.put(path + field.getKey(), field.getValue());
            }
        }
    }
}
