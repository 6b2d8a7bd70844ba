package org.scibert.training.evaluation;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * The curves of one label against the others, by its calibrated probability.
 *
 * @param label as rows write it
 * @param roc false positive rate (x) and recall (y), from (0, 0) to (1, 1), at most 101 points; empty where positives
 *     or negatives are missing
 * @param pr recall (x) and precision (y), from the highest score to the lowest, at most 100 points; empty without
 *     positives
 * @param reliability predicted and observed in 15 bins of equal mass
 * @param reliabilityBefore likewise, before calibration
 * @param histogram rows by probability
 * @param thresholds what each of 19 thresholds, 0.05 to 0.95, would predict
 */
public record LabelCurves(
        String label,
        List<Point> roc,
        List<Point> pr,
        List<Reliability.Bin> reliability,
        List<Reliability.Bin> reliabilityBefore,
        Histogram histogram,
        List<Threshold> thresholds) {
    private static final int POINTS = 100;
    private static final int THRESHOLDS = 20;

    public LabelCurves {
        roc = List.copyOf(roc);
        pr = List.copyOf(pr);
        reliability = List.copyOf(reliability);
        reliabilityBefore = List.copyOf(reliabilityBefore);
        thresholds = List.copyOf(thresholds);
    }

    /** A point of a curve in the unit square, to four decimals: finer than any picture; in JSON a list. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"x", "y"})
    public record Point(double x, double y) {

        static Point of(double x, double y) {
            return new Point(Math.round(x * 1e4) / 1e4, Math.round(y * 1e4) / 1e4);
        }
    }

    /**
     * Rows by probability, in 20 bins of equal width from 0 to 1.
     *
     * @param negatives (20)
     * @param positives (20)
     */
    public record Histogram(List<Integer> negatives, List<Integer> positives) {
        private static final int BINS = 20;

        public Histogram {
            negatives = List.copyOf(negatives);
            positives = List.copyOf(positives);
        }

        static Histogram of(Ranking ranking, DoubleUnaryOperator toProbability) {
            List<Integer> negatives = new ArrayList<>(Collections.nCopies(BINS, 0));
            List<Integer> positives = new ArrayList<>(Collections.nCopies(BINS, 0));
            for (int step = 0; step < ranking.steps(); step++) {
                int bin = Math.min(BINS - 1, (int) (BINS * toProbability.applyAsDouble(ranking.score(step))));
                int more = ranking.truePositives(step) - ranking.truePositives(step - 1);
                int moreFalse = ranking.falsePositives(step) - ranking.falsePositives(step - 1);
                positives.set(bin, positives.get(bin) + more);
                negatives.set(bin, negatives.get(bin) + moreFalse);
            }
            return new Histogram(negatives, positives);
        }
    }

    /**
     * What a threshold would do.
     *
     * @param threshold calibrated probability from which a row is predicted positive
     * @param predicted rows predicted positive; {@code called} in JSON since the first release
     * @param precision share of those that are; 0 where none is predicted so
     * @param recall share of the positives predicted so; 0 where there are none
     * @param f1 harmonic mean of both; 0 where both are
     */
    @JsonPropertyOrder({"threshold", "called", "precision", "recall", "f1"})
    public record Threshold(
            double threshold, @JsonProperty("called") int predicted, double precision, double recall, double f1) {}

    /**
     * @param before the same rows before calibration
     * @param toProbability from the rankings' scores, rising
     */
    static LabelCurves of(String label, Ranking ranking, Ranking before, DoubleUnaryOperator toProbability) {
        return new LabelCurves(
                label,
                roc(ranking),
                pr(ranking),
                Reliability.bins(ranking, toProbability),
                Reliability.bins(before, toProbability),
                Histogram.of(ranking, toProbability),
                thresholds(ranking, toProbability));
    }

    private static List<Point> roc(Ranking ranking) {
        int negatives = ranking.rows() - ranking.positives();
        if (negatives == 0 || ranking.positives() == 0) {
            return List.of();
        }
        List<Point> points = new ArrayList<>();
        points.add(Point.of(0, 0));
        steps(ranking).forEach(step -> points.add(Point.of(
                (double) ranking.falsePositives(step) / negatives,
                (double) ranking.truePositives(step) / ranking.positives())));
        return points;
    }

    private static List<Point> pr(Ranking ranking) {
        if (ranking.positives() == 0) {
            return List.of();
        }
        return steps(ranking)
                .mapToObj(ranking::counts)
                .map(counts -> Point.of(counts.recall(), counts.precision()))
                .toList();
    }

    /** All steps, or as many evenly spread ones, with the first and the last, as there are points. */
    private static IntStream steps(Ranking ranking) {
        int last = ranking.steps() - 1;
        return last < POINTS
                ? IntStream.rangeClosed(0, last)
                : IntStream.range(0, POINTS).map(i -> (int) ((long) i * last / (POINTS - 1)));
    }

    private static List<Threshold> thresholds(Ranking ranking, DoubleUnaryOperator toProbability) {
        List<Threshold> points = new ArrayList<>();
        int step = ranking.steps() - 1;
        for (int i = 1; i < THRESHOLDS; i++) {
            double threshold = (double) i / THRESHOLDS;
            while (step >= 0 && toProbability.applyAsDouble(ranking.score(step)) < threshold) {
                step--;
            }
            ConfusionCounts counts = ranking.counts(step);
            points.add(new Threshold(
                    threshold, counts.predicted(), counts.precision(), counts.recall(), counts.f1()));
        }
        return points;
    }
}
