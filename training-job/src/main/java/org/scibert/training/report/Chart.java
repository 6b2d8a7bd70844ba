package org.scibert.training.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture of series over the same axes, and the table that says the same.
 *
 * @param title what it shows
 * @param note how to read it, a sentence
 * @param table for who can't see the picture
 */
public record Chart(
        @JsonIgnore String title, @JsonIgnore String note, Axis x, Axis y, List<Series> series,
        @JsonIgnore Table table) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Points of a series that the table has. */
    private static final int TABLE_POINTS = 25;

    public Chart {
        series = List.copyOf(series);
    }

    /** With a table of its own points, thinned out evenly where there are many. */
    static Chart of(String title, String note, Axis x, Axis y, List<Series> series) {
        List<List<String>> rows = new ArrayList<>();
        for (Series each : series) {
            int points = each.points().size();
            int shown = Math.min(points, TABLE_POINTS);
            for (int i = 0; i < shown; i++) {
                double[] point = each.points().get(shown == 1 ? 0 : (int) ((long) i * (points - 1) / (shown - 1)));
                rows.add(List.of(each.name(), Format.compact(point[0]), Format.compact(point[1])));
            }
        }
        return new Chart(
                title, note, x, y, series, Table.numbers(title, List.of("Series", x.name(), y.name()), rows));
    }

    /** For the script that draws it; stands in HTML as it is, since no {@code <} is in it. */
    @JsonIgnore
    public String json() {
        try {
            return JSON.writeValueAsString(this)
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("&", "\\u0026");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a chart of records has no JSON; this is a bug", e);
        }
    }
}
