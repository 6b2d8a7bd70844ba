package org.scibert.training.calibration;

import org.scibert.decision.DecisionRule;
import org.scibert.training.evaluation.Ranking;

/** The threshold with the best F1; of equals the highest. */
public record BestF1() implements ThresholdRule {
    static final String TITLE = "best-f1";

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public ChosenThreshold choose(String label, Ranking ranking, double confidence) {
        if (ranking.positives() == 0) {
            return new FixedThreshold(DecisionRule.DEFAULT_THRESHOLD).chosen(label, ranking, title(),
                    "dev has no row with the label \"%s\", so that the threshold is %s; add some".formatted(
                            label, DecisionRule.DEFAULT_THRESHOLD));
        }
        int best = 0;
        for (int step = 1; step < ranking.steps(); step++) {
            best = f1(ranking, step) > f1(ranking, best) ? step : best;
        }
        return Cut.at(Cut.below(ranking, best), ranking, best, label, title(), null, null);
    }

    private static double f1(Ranking ranking, int step) {
        return 2. * ranking.found(step) / (ranking.read(step) + ranking.positives());
    }
}
