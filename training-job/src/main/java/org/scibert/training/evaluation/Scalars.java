package org.scibert.training.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A split's numbers, without what is said of each label: what is drawn over time and sent to trackers. */
public final class Scalars {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Scalars() {}

    /** By their keys of JSON, in its order; what the split does not define is left out. */
    public static Map<String, Double> of(Metrics metrics) {
        Map<String, Double> scalars = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : JSON.valueToTree(metrics).properties()) {
            if (field.getValue().isNumber()) {
                scalars.put(field.getKey(), field.getValue().asDouble());
            }
        }
        return Collections.unmodifiableMap(scalars);
    }
}
