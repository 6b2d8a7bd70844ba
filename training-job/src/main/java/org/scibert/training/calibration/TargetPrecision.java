package org.scibert.training.calibration;

import org.scibert.decision.DecisionRule;
import org.scibert.training.evaluation.Ranking;

/**
 * The lowest threshold whose precision is at least the target with the confidence asked for. The bound is that of one
 * threshold looked at by itself; as dev is searched for it, it is a little too high.
 *
 * @param target in (0, 1)
 */
public record TargetPrecision(double target) implements ThresholdRule {
    public TargetPrecision {
        if (!(target > 0 && target < 1)) {
            throw new IllegalArgumentException(
                    "a target precision must be above 0 and below 1, is %s; no number of rows shows a precision of 1"
                            .formatted(target));
        }
    }

    @Override
    public String title() {
        return "precision=" + target;
    }

    @Override
    public ChosenThreshold choose(String label, Ranking ranking, double confidence) {
        if (ranking.positives() == 0) {
            return new FixedThreshold(DecisionRule.DEFAULT_THRESHOLD).chosen(label, ranking, title(),
                    "dev has no row with the label \"%s\", so that the threshold is %s; add some".formatted(
                            label, DecisionRule.DEFAULT_THRESHOLD));
        }
        int best = 0;
        double bestBound = 0;
        for (int step = ranking.steps() - 1; step >= 0; step--) {
            double bound = ClopperPearson.lower(ranking.found(step), ranking.read(step), confidence);
            if (bound >= target) {
                return Cut.at(Cut.below(ranking, step), ranking, step, label, title(), bound, null);
            }
            if (bound > bestBound) {
                best = step;
                bestBound = bound;
            }
        }
        return Cut.at(Cut.below(ranking, best), ranking, best, label, title(), bestBound,
                ("no threshold shows a precision of at least %s for \"%s\" with confidence %s, for which %d rows or more"
                        + " must be given it rightly; the threshold is that with the best bound, %.3f").formatted(
                                target, label, confidence, ClopperPearson.rowsNeeded(target, confidence), bestBound));
    }
}
