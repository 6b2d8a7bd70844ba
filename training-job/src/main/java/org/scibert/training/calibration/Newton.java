package org.scibert.training.calibration;

import java.util.Optional;
import java.util.function.Function;

/** Newton's method with backtracking, for a convex function of one or two parameters. */
public final class Newton {
    private static final int MOST_ITERATIONS = 100;
    /** Of Newton's decrement, twice the distance to the least value: one more step then reaches double precision. */
    private static final double TOLERANCE = 1e-10;
    /** Keeps the Hessian regular where the function is flat (Lin et al. 2007). */
    private static final double RIDGE = 1e-12;
    private static final double SMALLEST_STEP = 1e-10;

    private Newton() {}

    /** The parameters. */
    public record Point(double a, double b) {}

    /**
     * The function's value at a point, its gradient and its Hessian. A function of {@code a} alone has 0 for the
     * others.
     */
    public record Expansion(double value, double byA, double byB, double byAA, double byAB, double byBB) {}

    /** @return the point of the least value; empty if it isn't reached */
    public static Optional<Point> minimum(Function<Point, Expansion> objective, Point start) {
        Point point = start;
        for (int i = 0; i < MOST_ITERATIONS; i++) {
            Expansion e = objective.apply(point);
            double aa = e.byAA() + RIDGE;
            double bb = e.byBB() + RIDGE;
            double determinant = aa * bb - e.byAB() * e.byAB();
            double a = -(bb * e.byA() - e.byAB() * e.byB()) / determinant;
            double b = -(aa * e.byB() - e.byAB() * e.byA()) / determinant;
            double decrement = -(a * e.byA() + b * e.byB());
            if (!(determinant > 0) || !Double.isFinite(decrement)) {
                return Optional.empty();
            }
            if (decrement < TOLERANCE) {
                return Optional.of(new Point(point.a() + a, point.b() + b));
            }
            double step = 1;
            Point next = new Point(point.a() + a, point.b() + b);
            while (!(objective.apply(next).value() <= e.value() - 1e-4 * step * decrement)) {
                step /= 2;
                if (step < SMALLEST_STEP) {
                    return Optional.empty();
                }
                next = new Point(point.a() + step * a, point.b() + step * b);
            }
            point = next;
        }
        return Optional.empty();
    }
}
