package org.scibert.training.calibration;

import org.scibert.training.evaluation.Ranking;

/**
 * A threshold that dev has no say in.
 *
 * @param threshold calibrated probability, in (0, 1)
 */
public record FixedThreshold(double threshold) implements ThresholdRule {
    public FixedThreshold {
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException("a threshold must be above 0 and below 1, is " + threshold);
        }
    }

    @Override
    public String title() {
        return Double.toString(threshold);
    }

    @Override
    public ChosenThreshold choose(String label, Ranking ranking, double confidence) {
        return chosen(label, ranking, title(), null);
    }

    ChosenThreshold chosen(String label, Ranking ranking, String rule, String note) {
        int step = -1;
        while (step + 1 < ranking.steps() && ranking.score(step + 1) >= threshold) {
            step++;
        }
        return Cut.at(threshold, ranking, step, label, rule, null, note);
    }
}
