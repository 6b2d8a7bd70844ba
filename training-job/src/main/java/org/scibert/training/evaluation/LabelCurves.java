package org.scibert.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * What can be drawn of one label against the others, by its calibrated probability.
 *
 * @param label as rows write it
 * @param roc false positive rate (x) and recall (y), from (0, 0) to (1, 1), at most 101 points; empty where positives or
 *     negatives are missing
 * @param pr recall (x) and precision (y), from the highest score to the lowest, at most 100 points; empty without
 *     positives
 * @param reliability predicted and observed in 15 bins of equal mass
 * @param reliabilityBefore likewise, before calibration
 * @param histogram rows by probability
 * @param thresholds what each of 19 thresholds, 0.05 to 0.95, would call
 */
public record LabelCurves(
        String label,
        List<CurvePoint> roc,
        List<CurvePoint> pr,
        List<ReliabilityBin> reliability,
        List<ReliabilityBin> reliabilityBefore,
        ScoreHistogram histogram,
        List<ThresholdPoint> thresholds) {
    private static final int POINTS = 100;
    private static final int THRESHOLDS = 20;

    public LabelCurves {
        roc = List.copyOf(roc);
        pr = List.copyOf(pr);
        reliability = List.copyOf(reliability);
        reliabilityBefore = List.copyOf(reliabilityBefore);
        thresholds = List.copyOf(thresholds);
    }

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
                ScoreHistogram.of(ranking, toProbability),
                thresholds(ranking, toProbability));
    }

    private static List<CurvePoint> roc(Ranking ranking) {
        int negatives = ranking.rows() - ranking.positives();
        if (negatives == 0 || ranking.positives() == 0) {
            return List.of();
        }
        List<CurvePoint> points = new ArrayList<>();
        points.add(CurvePoint.of(0, 0));
        steps(ranking).forEach(step -> points.add(CurvePoint.of(
                (double) ranking.falsely(step) / negatives, (double) ranking.found(step) / ranking.positives())));
        return points;
    }

    private static List<CurvePoint> pr(Ranking ranking) {
        if (ranking.positives() == 0) {
            return List.of();
        }
        return steps(ranking)
                .mapToObj(ranking::outcomes)
                .map(o -> CurvePoint.of(o.recall(), o.precision()))
                .toList();
    }

    /** All steps, or as many evenly spread ones, with the first and the last, as there are points. */
    private static IntStream steps(Ranking ranking) {
        int last = ranking.steps() - 1;
        return last < POINTS
                ? IntStream.rangeClosed(0, last)
                : IntStream.range(0, POINTS).map(i -> (int) ((long) i * last / (POINTS - 1)));
    }

    private static List<ThresholdPoint> thresholds(Ranking ranking, DoubleUnaryOperator toProbability) {
        List<ThresholdPoint> points = new ArrayList<>();
        int step = ranking.steps() - 1;
        for (int i = 1; i < THRESHOLDS; i++) {
            double threshold = (double) i / THRESHOLDS;
            while (step >= 0 && toProbability.applyAsDouble(ranking.score(step)) < threshold) {
                step--;
            }
            Outcomes o = ranking.outcomes(step);
            points.add(new ThresholdPoint(threshold, ranking.read(step), o.precision(), o.recall(), o.f1()));
        }
        return points;
    }
}
