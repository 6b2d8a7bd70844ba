package org.scibert.training.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Rows in the order of their scores, and what that order is worth. Rows of equal score are one step: no measure depends
 * on the order in which they came.
 */
public final class Ranking {
    /** Row numbers, highest score first. */
    private final int[] order;
    private final double[] rowScores;
    private final boolean[] positive;
    private final int rows;
    private final int positives;
    /** Per distinct score, highest first: the score, rows with at least that score, and positives among them. */
    private final double[] scores;
    private final int[] read;
    private final int[] found;

    /**
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
        int[] read = new int[order.length];
        int[] found = new int[order.length];
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
            read[steps - 1] = rows;
            found[steps - 1] = positives;
        }
        this.rows = rows;
        this.positives = positives;
        this.scores = Arrays.copyOf(scores, steps);
        this.read = Arrays.copyOf(read, steps);
        this.found = Arrays.copyOf(found, steps);
    }

    private static int[] descending(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The same rows, each so many times; nothing is sorted again. */
    Ranking resampled(int[] times) {
        return new Ranking(order, rowScores, positive, times);
    }

    public int rows() {
        return rows;
    }

    public int positives() {
        return positives;
    }

    /** Distinct scores; the first is the highest. */
    public int steps() {
        return scores.length;
    }

    /** @param step from 0 */
    public double score(int step) {
        return scores[step];
    }

    /** Rows with at least the step's score; 0 for step −1. */
    public int read(int step) {
        return step < 0 ? 0 : read[step];
    }

    /** Positives among {@link #read}. */
    public int found(int step) {
        return step < 0 ? 0 : found[step];
    }

    /** Area under the ROC curve by trapezoids: Mann-Whitney's U / (positives × negatives). */
    Double rocAuc() {
        long negatives = rows - positives;
        if (positives == 0 || negatives == 0) {
            return null;
        }
        double area = 0;
        for (int i = 0; i < read.length; i++) {
            double width = falsely(i) - falsely(i - 1);
            area += width * (found(i) + found(i - 1)) / 2;
        }
        return area / (positives * negatives);
    }

    /** Average precision, Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct scores, as in scikit-learn. */
    Double averagePrecision() {
        if (positives == 0) {
            return null;
        }
        double sum = 0;
        for (int i = 0; i < read.length; i++) {
            sum += (double) (found(i) - found(i - 1)) * found(i) / read[i];
        }
        return sum / positives;
    }

    /**
     * Work saved over sampling (Cohen et al. 2006): the share of rows below the score at which {@code recall} is
     * reached, less {@code 1 − recall}.
     */
    Double workSaved(double recall) {
        if (positives == 0) {
            return null;
        }
        int step = 0;
        while (found[step] < recall * positives - 1e-9) {
            step++;
        }
        return (double) (rows - read[step]) / rows - (1 - recall);
    }

    /**
     * The share of the positives among this share of the rows with the highest scores, rounded up to whole rows; of rows
     * with equal scores across that border, as many as an order by chance would bring.
     */
    Double recallAtTop(double share) {
        if (positives == 0) {
            return null;
        }
        int top = (int) Math.ceil(share * rows - 1e-9);
        int step = 0;
        while (read[step] < top) {
            step++;
        }
        double ofStep = (double) (top - read(step - 1)) / (read[step] - read(step - 1));
        return (found(step - 1) + ofStep * (found[step] - found(step - 1))) / positives;
    }

    /** If the rows with at least the step's score are called positive. */
    Outcomes outcomes(int step) {
        int negatives = rows - positives;
        return new Outcomes(found(step), falsely(step), positives - found(step), negatives - falsely(step));
    }

    /** Negatives among {@link #read}. */
    int falsely(int step) {
        return read(step) - found(step);
    }
}
