package org.scibert.training.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Rows by probability, in 20 bins of equal width from 0 to 1.
 *
 * @param negatives (20)
 * @param positives (20)
 */
public record ScoreHistogram(List<Integer> negatives, List<Integer> positives) {
    private static final int BINS = 20;

    public ScoreHistogram {
        negatives = List.copyOf(negatives);
        positives = List.copyOf(positives);
    }

    static ScoreHistogram of(Ranking ranking, DoubleUnaryOperator toProbability) {
        List<Integer> negatives = new ArrayList<>(Collections.nCopies(BINS, 0));
        List<Integer> positives = new ArrayList<>(Collections.nCopies(BINS, 0));
        for (int step = 0; step < ranking.steps(); step++) {
            int bin = Math.min(BINS - 1, (int) (BINS * toProbability.applyAsDouble(ranking.score(step))));
            int found = ranking.found(step) - ranking.found(step - 1);
            int falsely = ranking.falsely(step) - ranking.falsely(step - 1);
            positives.set(bin, positives.get(bin) + found);
            negatives.set(bin, negatives.get(bin) + falsely);
        }
        return new ScoreHistogram(negatives, positives);
    }
}
