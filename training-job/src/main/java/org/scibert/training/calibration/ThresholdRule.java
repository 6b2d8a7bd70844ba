package org.scibert.training.calibration;

import org.scibert.decision.DecisionRule;
import org.scibert.io.Text;
import org.scibert.training.calibration.FittedDecisions.Threshold;
import org.scibert.training.evaluation.ConfusionCounts;
import org.scibert.training.evaluation.Ranking;

/** How a label's threshold is chosen on dev. */
public sealed interface ThresholdRule {

    /** The rule as {@link #parse} takes it. */
    String title();

    /**
     * Chooses a label's threshold.
     *
     * @param label as people are to read it
     * @param ranking of dev by the label's calibrated probability
     * @param confidence of bounds, in (0, 1)
     */
    Threshold choose(String label, Ranking ranking, double confidence);

    /**
     * The rule that a title names.
     *
     * @param given {@code best-f1}, {@code recall=SHARE}, {@code precision=SHARE}, or a probability
     * @throws IllegalArgumentException if it is none of these
     */
    static ThresholdRule parse(String given) {
        if (given.equals(BestF1.TITLE)) {
            return new BestF1();
        }
        int at = given.indexOf('=');
        try {
            double number = Double.parseDouble(given.substring(at + 1));
            switch (given.substring(0, Math.max(at, 0))) {
                case "":
                    return new FixedThreshold(number);
                case "recall":
                    return new TargetRecall(number);
                case "precision":
                    return new TargetPrecision(number);
                default:
                    throw unknown(given, null);
            }
        } catch (NumberFormatException e) {
            throw unknown(given, e);
        }
    }

    private static IllegalArgumentException unknown(String given, Throwable cause) {
        return new IllegalArgumentException(
                Text.format(
                        "a threshold rule is best-f1, recall=0.95, precision=0.80 or a probability such as 0.5; got"
                                + " \"%s\"",
                        given), cause);
    }

    /** The threshold with the best F1; of equals the highest. */
    record BestF1() implements ThresholdRule {
        private static final String TITLE = "best-f1";

        @Override
        public String title() {
            return TITLE;
        }

        @Override
        public Threshold choose(String label, Ranking ranking, double confidence) {
            if (ranking.positives() == 0) {
                return byDefault(this, label, ranking);
            }
            int best = 0;
            for (int step = 1; step < ranking.steps(); step++) {
                best = f1(ranking, step) > f1(ranking, best) ? step : best;
            }
            return at(ranking.thresholdBelow(best), this, label, ranking.counts(best), null, null);
        }

        private static double f1(Ranking ranking, int step) {
            return 2. * ranking.truePositives(step) / (ranking.predicted(step) + ranking.positives());
        }
    }

    /**
     * A threshold that does not depend on dev.
     *
     * @param threshold calibrated probability, in (0, 1)
     */
    record FixedThreshold(double threshold) implements ThresholdRule {
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
        public Threshold choose(String label, Ranking ranking, double confidence) {
            return at(threshold, this, label, countsFrom(threshold, ranking), null, null);
        }
    }

    /**
     * The highest threshold whose recall is at least the target with the confidence asked for. The threshold is one of
     * the positives' own scores, so the bound holds although dev is searched for it.
     *
     * @param target in (0, 1)
     */
    record TargetRecall(double target) implements ThresholdRule {
        public TargetRecall {
            if (!(target > 0 && target < 1)) {
                throw new IllegalArgumentException(
                        Text.format(
                                "a target recall must be above 0 and below 1, is %s; no number of rows shows a recall"
                                        + " of 1",
                                target));
            }
        }

        @Override
        public String title() {
            return "recall=" + target;
        }

        @Override
        public Threshold choose(String label, Ranking ranking, double confidence) {
            int positives = ranking.positives();
            if (positives == 0) {
                return at(0, this, label, ranking.counts(ranking.steps() - 1), 0., note(label, 0, confidence)
                        + "; the threshold is 0, which gives it to every text");
            }
            for (int step = 0; step < ranking.steps(); step++) {
                double bound = ClopperPearson.lower(ranking.truePositives(step), positives, confidence);
                if (bound >= target) {
                    return at(ranking.thresholdBelow(step), this, label, ranking.counts(step), bound, null);
                }
                if (ranking.truePositives(step) == positives) {
                    return at(ranking.thresholdBelow(step), this, label, ranking.counts(step), bound,
                            note(label, positives, confidence) + Text.format("; the threshold is below the lowest of"
                                    + " them, which shows a recall of at least %.3f", bound));
                }
            }
            throw new IllegalStateException("a ranking's last step holds all positives; this is a bug");
        }

        private String note(String label, int positives, double confidence) {
            return Text.format(
                    "%s to choose by with the label \"%s\"; a recall of at least %s with confidence %s needs %s or"
                            + " more",
                    Text.count(positives, "row"), label, target, confidence,
                    ClopperPearson.rowsNeeded(target, confidence));
        }
    }

    /**
     * The lowest threshold whose precision is at least the target with the confidence asked for. The bound is that of
     * one threshold looked at by itself; because dev is searched for it, it is a little too high.
     *
     * @param target in (0, 1)
     */
    record TargetPrecision(double target) implements ThresholdRule {
        public TargetPrecision {
            if (!(target > 0 && target < 1)) {
                throw new IllegalArgumentException(
                        Text.format(
                                "a target precision must be above 0 and below 1, is %s; no number of rows shows a"
                                        + " precision of 1",
                                target));
            }
        }

        @Override
        public String title() {
            return "precision=" + target;
        }

        @Override
        public Threshold choose(String label, Ranking ranking, double confidence) {
            if (ranking.positives() == 0) {
                return byDefault(this, label, ranking);
            }
            int best = 0;
            double bestBound = 0;
            for (int step = ranking.steps() - 1; step >= 0; step--) {
                double bound = ClopperPearson.lower(ranking.truePositives(step), ranking.predicted(step), confidence);
                if (bound >= target) {
                    return at(ranking.thresholdBelow(step), this, label, ranking.counts(step), bound, null);
                }
                if (bound > bestBound) {
                    best = step;
                    bestBound = bound;
                }
            }
            return at(ranking.thresholdBelow(best), this, label, ranking.counts(best), bestBound,
                    Text.format("no threshold shows a precision of at least %s for \"%s\" with confidence %s, for which"
                                    + " %s rows or more must be given it rightly; the threshold is that with the best"
                                    + " bound, %.3f",
                            target, label, confidence, ClopperPearson.rowsNeeded(target, confidence), bestBound));
        }
    }

    private static Threshold byDefault(ThresholdRule rule, String label, Ranking ranking) {
        double threshold = DecisionRule.DEFAULT_THRESHOLD;
        return at(threshold, rule, label, countsFrom(threshold, ranking), null,
                Text.format("no row to choose by has the label \"%s\", so that the threshold is %s; add some",
                        label, threshold));
    }

    private static ConfusionCounts countsFrom(double threshold, Ranking ranking) {
        int step = -1;
        while (step + 1 < ranking.steps() && ranking.score(step + 1) >= threshold) {
            step++;
        }
        return ranking.counts(step);
    }

    private static Threshold at(
            double threshold, ThresholdRule rule, String label, ConfusionCounts counts, Double bound, String note) {
        return new Threshold(label, rule.title(), threshold, counts.precision(), counts.recall(), bound, note);
    }
}
