package org.scibert.training.evaluation;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Rows in the order of their scores, and what that order is worth. Rows of equal score are one step: no measure depends
 * on the order in which they came.
 */
final class Ranking {
    private final int rows;
    private final int positives;
    /** Per distinct score, highest first: rows with at least that score, and positives among them. */
    private final int[] read;
    private final int[] found;

    /**
     * @param scores (N), finite; logits do as well as probabilities
     * @param positive (N)
     */
    Ranking(float[] scores, boolean[] positive) {
        rows = scores.length;
        Integer[] order = new Integer[rows];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing((Integer i) -> scores[i]).reversed());
        int[] read = new int[rows];
        int[] found = new int[rows];
        int steps = 0;
        int positives = 0;
        for (int rank = 0; rank < rows; rank++) {
            positives += positive[order[rank]] ? 1 : 0;
            if (rank + 1 == rows || scores[order[rank]] != scores[order[rank + 1]]) {
                read[steps] = rank + 1;
                found[steps++] = positives;
            }
        }
        this.positives = positives;
        this.read = Arrays.copyOf(read, steps);
        this.found = Arrays.copyOf(found, steps);
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

    private int found(int step) {
        return step < 0 ? 0 : found[step];
    }

    private int falsely(int step) {
        return step < 0 ? 0 : read[step] - found[step];
    }
}
