package org.scibert.training.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import org.scibert.io.Json;

/**
 * A chart of series over the same axes, and a table of the same numbers.
 *
 * @param title what it shows
 * @param note how to read it, a sentence
 * @param table for readers who can't see the chart
 */
public record Chart(
        @JsonIgnore String title, @JsonIgnore String note, Axis x, Axis y, List<Series> series,
        @JsonIgnore Table table) {
    /** The most points of a series that the table has. */
    private static final int TABLE_POINTS = 25;

    public Chart {
        series = List.copyOf(series);
    }

    /**
     * An axis.
     *
     * @param name with the unit
     * @param min null: by the data
     * @param max null: by the data
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Axis(String name, Double min, Double max) {

        static Axis fromZero(String name) {
            return new Axis(name, 0., null);
        }

        /** An axis from 0 to 1. */
        static Axis share(String name) {
            return new Axis(name, 0., 1.);
        }
    }

    /**
     * One line, or one set of bars.
     *
     * @param name in the legend
     * @param style how it is drawn
     * @param points x and y
     */
    public record Series(String name, Style style, List<double[]> points) {
        public Series {
            points = List.copyOf(points);
        }

        static double[] point(double x, double y) {
            return new double[] {x, y};
        }

        /** A guide from one point to another. */
        static Series guide(String name, double fromX, double fromY, double toX, double toY) {
            return new Series(name, Style.GUIDE, List.of(point(fromX, fromY), point(toX, toY)));
        }
    }

    /** How a series is drawn. */
    public enum Style {
        /** A line; its points are marked where they are few. */
        LINE,
        /** A thin, faint line, behind one that smooths it. */
        FAINT,
        /** A dashed line without a place in the order of colours, to compare with. */
        GUIDE,
        /** Bars, on top of those of the series before. */
        BARS
    }

    /** A chart with a table of its own points, thinned out evenly where there are many. */
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

    /** The chart as JSON for the script that draws it; no {@code <} is in it, so it stands in HTML as it is. */
    @JsonIgnore
    public String json() {
        try {
            return Json.MAPPER.writeValueAsString(this)
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("&", "\\u0026");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("this is a bug: a chart of records has no JSON", e);
        }
    }
}
