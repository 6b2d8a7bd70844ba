package org.scibert.training.calibration;

import org.scibert.training.evaluation.Ranking;

/** A place between two scores of dev. */
final class Cut {
    private Cut() {}

    /** Half-way from a step's score to the next lower one, or to 0 below the last. */
    static double below(Ranking ranking, int step) {
        double score = ranking.score(step);
        double next = step + 1 < ranking.steps() ? ranking.score(step + 1) : 0;
        double middle = (score + next) / 2;
        // Between neighbouring doubles there is no middle.
        return middle > next ? middle : score;
    }

    /** What comes of giving the label to all rows down to a step; −1: to none. */
    static ChosenThreshold at(
            double threshold, Ranking ranking, int step, String label, String rule, Double lowerBound, String note) {
        int called = ranking.read(step);
        int found = ranking.found(step);
        return new ChosenThreshold(
                label,
                rule,
                threshold,
                called == 0 ? 0 : (double) found / called,
                ranking.positives() == 0 ? 0 : (double) found / ranking.positives(),
                lowerBound,
                note);
    }
}
