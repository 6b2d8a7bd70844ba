package org.scibert.training.report;

import java.util.List;

/**
 * One line, or one set of bars.
 *
 * @param name in the legend
 * @param style how it is drawn
 * @param points x and y
 */
public record Series(String name, Style style, List<double[]> points) {

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
