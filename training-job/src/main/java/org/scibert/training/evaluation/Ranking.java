package org.scibert.training.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Rows in the order of their scores, and the measures that follow from the order. A step is all rows of equal score, so
 * that no measure depends on the order in which those came.
 */
public final class Ranking {
    /** Row numbers, highest score first. */
    private final int[] order;
    private final double[] rowScores;
    private final boolean[] positive;
    private final int rows;
    private final int positives;
    /** Per step, highest score first: the score, rows with at least that score, and positives among them. */
    private final double[] scores;
    private final int[] predicted;
    private final int[] truePositives;

    /**
     * Sorts the rows.
     *
     * @param scores (N), finite; logits do as well as probabilities
     * @param positive (N)
     */
    public Ranking(double[] scores, boolean[] positive) {
        this(descending(scores), scores, positive, Resample.once(scores.length));
    }

    private Ranking(int[] order, double[] rowScores, boolean[] positive, int[] times) {
        this.order = order;
        this.rowScores = rowScores;
        this.positive = positive;
        double[] scores = new double[order.length];
        int[] predicted = new int[order.length];
        int[] truePositives = new int[order.length];
        int steps = 0;
        int rows = 0;
        int positives = 0;
        for (int row : order) {
            if (times[row] == 0) {
                continue;
            }
            if (steps == 0 || rowScores[row] != scores[steps - 1]) {
                scores[steps++] = rowScores[row];
            }
            rows += times[row];
            positives += positive[row] ? times[row] : 0;
            predicted[steps - 1] = rows;
            truePositives[steps - 1] = positives;
        }
        this.rows = rows;
        this.positives = positives;
        this.scores = Arrays.copyOf(scores, steps);
        this.predicted = Arrays.copyOf(predicted, steps);
        this.truePositives = Arrays.copyOf(truePositives, steps);
    }

    private static int[] descending(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * The ranking of a sample of the rows; nothing is sorted again.
     *
     * @param times how often each row stands in the sample, (N)
     */
    Ranking resampled(int[] times) {
        return new Ranking(order, rowScores, positive, times);
    }

    /**
     * The ranking by other scores that never fall where these rise; nothing is sorted again.
     *
     * @param scores (N)
     */
    Ranking rescored(double[] scores) {
        return new Ranking(order, scores, positive, Resample.once(scores.length));
    }

    public int rows() {
        return rows;
    }

    public int positives() {
        return positives;
    }

    /** The number of different scores; the first is the highest. */
    public int steps() {
        return scores.length;
    }

    /** @param step from 0 */
    public double score(int step) {
        return scores[step];
    }

    /** Rows that are predicted positive by a threshold at the step's score; 0 for step −1. */
    public int predicted(int step) {
        return step < 0 ? 0 : predicted[step];
    }

    /** Positives among {@link #predicted}. */
    public int truePositives(int step) {
        return step < 0 ? 0 : truePositives[step];
    }

    /** Negatives among {@link #predicted}. */
    public int falsePositives(int step) {
        return predicted(step) - truePositives(step);
    }

    /** The confusion counts by a threshold at the step's score; −1: by one above all scores. */
    public ConfusionCounts counts(int step) {
        int negatives = rows - positives;
        return new ConfusionCounts(
                truePositives(step), falsePositives(step), positives - truePositives(step),
                negatives - falsePositives(step));
    }

    /** A threshold half-way from a step's score to the next lower one, or to 0 below the last. */
    public double thresholdBelow(int step) {
        double next = step + 1 < steps() ? scores[step + 1] : 0;
        double middle = (scores[step] + next) / 2;
        // Between neighbouring doubles there is no middle.
        return middle > next ? middle : scores[step];
    }

    /** Area under the ROC curve by trapezoids, in [0, 1]; null without positives or without negatives. */
    public Double rocAuc() {
        long negatives = rows - positives;
        if (positives == 0 || negatives == 0) {
            return null;
        }
        double area = 0;
        for (int i = 0; i < steps(); i++) {
            double width = falsePositives(i) - falsePositives(i - 1);
            area += width * (truePositives(i) + truePositives(i - 1)) / 2;
        }
        return area / (positives * negatives);
    }

    /** Average precision, Σ (Rₙ − Rₙ₋₁) Pₙ over the steps, as in scikit-learn; null without positives. */
    public Double averagePrecision() {
        if (positives == 0) {
            return null;
        }
        double sum = 0;
        for (int i = 0; i < steps(); i++) {
            sum += (double) (truePositives(i) - truePositives(i - 1)) * truePositives(i) / predicted[i];
        }
        return sum / positives;
    }

    /**
     * Work saved over sampling (Cohen et al. 2006): the share of rows below the score at which {@code recall} is
     * reached, less {@code 1 − recall}; null without positives.
     */
    Double workSaved(double recall) {
        if (positives == 0) {
            return null;
        }
        int step = 0;
        while (truePositives[step] < recall * positives - 1e-9) {
            step++;
        }
        return (double) (rows - predicted[step]) / rows - (1 - recall);
    }

    /**
     * The share of the positives among this share of the rows with the highest scores, rounded up to whole rows; of
     * rows with equal scores across that border, as many as an order by chance would bring. Null without positives.
     */
    Double recallAtTop(double share) {
        if (positives == 0) {
            return null;
        }
        int top = (int) Math.ceil(share * rows - 1e-9);
        int step = 0;
        while (predicted[step] < top) {
            step++;
        }
        double ofStep = (double) (top - predicted(step - 1)) / (predicted[step] - predicted(step - 1));
        return (truePositives(step - 1) + ofStep * (truePositives[step] - truePositives(step - 1))) / positives;
    }

    /** The mean of a measure over the rankings that define it, which is null for the others; null if none does. */
    static Double meanOfDefined(List<Ranking> rankings, Function<Ranking, Double> measure) {
        OptionalDouble mean =
                rankings.stream().map(measure).filter(Objects::nonNull).mapToDouble(Double::doubleValue).average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }
}
