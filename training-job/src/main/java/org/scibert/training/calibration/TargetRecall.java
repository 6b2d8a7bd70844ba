package org.scibert.training.calibration;

import org.scibert.training.evaluation.Ranking;

/**
 * The highest threshold whose recall is at least the target with the confidence asked for. As it is one of the
 * positives' own scores that is chosen, the bound holds although dev is searched for it.
 *
 * @param target in (0, 1)
 */
public record TargetRecall(double target) implements ThresholdRule {
    public TargetRecall {
        if (!(target > 0 && target < 1)) {
            throw new IllegalArgumentException(
                    "a target recall must be above 0 and below 1, is %s; no number of rows shows a recall of 1"
                            .formatted(target));
        }
    }

    @Override
    public String title() {
        return "recall=" + target;
    }

    @Override
    public ChosenThreshold choose(String label, Ranking ranking, double confidence) {
        int positives = ranking.positives();
        if (positives == 0) {
            return Cut.at(0, ranking, ranking.steps() - 1, label, title(), 0., note(label, 0, confidence)
                    + "; the threshold is 0, which gives it to every text");
        }
        for (int step = 0; step < ranking.steps(); step++) {
            double bound = ClopperPearson.lower(ranking.found(step), positives, confidence);
            if (bound >= target) {
                return Cut.at(Cut.below(ranking, step), ranking, step, label, title(), bound, null);
            }
            if (ranking.found(step) == positives) {
                return Cut.at(Cut.below(ranking, step), ranking, step, label, title(), bound,
                        note(label, positives, confidence) + "; the threshold is below the lowest of them, which shows"
                                + " a recall of at least %.3f".formatted(bound));
            }
        }
        throw new IllegalStateException("a ranking's last step holds all positives; this is a bug");
    }

    private String note(String label, int positives, double confidence) {
        return "dev has %d rows with the label \"%s\"; a recall of at least %s with confidence %s needs %d or more"
                .formatted(positives, label, target, confidence, ClopperPearson.rowsNeeded(target, confidence));
    }
}
