package org.scibert.training.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scibert.io.Json;
import org.scibert.training.evaluation.Measurement;
import org.scibert.training.rows.Split;

/** The table of all metrics of all splits, with their 95 % intervals. */
public final class MetricsTable {
    private MetricsTable() {}

    /** The table: metric, then value and interval of each split. */
    public static Table of(Map<Split, Measurement> splits) {
        Map<Split, JsonNode> measured = new EnumMap<>(Split.class);
        Set<String> keys = new LinkedHashSet<>();
        List<String> columns = new ArrayList<>(List.of("Metric"));
        splits.forEach((split, measurement) -> {
            JsonNode json = Json.MAPPER.valueToTree(measurement);
            measured.put(split, json);
            json.properties().stream()
                    .filter(field -> field.getValue().isNumber())
                    .forEach(field -> keys.add(field.getKey()));
            columns.addAll(List.of(split.title(), "95 % interval"));
        });
        List<List<String>> rows = new ArrayList<>();
        for (String key : keys) {
            List<String> row = new ArrayList<>(List.of(MetricTitles.of(key)));
            measured.values().forEach(json -> row.addAll(List.of(value(json.path(key)), interval(json, key))));
            rows.add(row);
        }
        return Table.numbers("Metrics with 95 % bootstrap intervals", columns, rows);
    }

    private static String value(JsonNode value) {
        return value.isIntegralNumber() ? value.asText() : Format.score(value.isNumber() ? value.asDouble() : null);
    }

    private static String interval(JsonNode json, String key) {
        JsonNode ends = json.path("intervals").path(key);
        return ends.isMissingNode()
                ? ""
                : Format.score(ends.get(0).asDouble()) + " to " + Format.score(ends.get(1).asDouble());
    }
}
