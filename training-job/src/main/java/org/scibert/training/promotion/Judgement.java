package org.scibert.training.promotion;

import org.scibert.io.Text;
import org.scibert.training.evaluation.PairedComparison;
import org.scibert.training.promotion.PromotionDecision.Outcome;
import org.scibert.training.rows.Split;

/**
 * The outcome of a comparison and the reason for it.
 *
 * @param reason a sentence without its full stop
 * @param comparison null if there are no numbers
 */
record Judgement(Outcome verdict, String reason, PairedComparison comparison) {

    static Judgement without(Outcome verdict, String reason) {
        return new Judgement(verdict, reason, null);
    }

    /** Judges by the numbers of a comparison. */
    static Judgement of(PairedComparison found, Split split, double margin) {
        Outcome verdict = found.low() > 0
                ? Outcome.BETTER
                : found.low() >= -margin ? Outcome.NOT_WORSE : Outcome.NOT_SHOWN;
        return new Judgement(verdict, reason(found, split, margin, verdict), found);
    }

    private static String reason(PairedComparison found, Split split, double margin, Outcome verdict) {
        String meaning = switch (verdict) {
            case BETTER -> "it is better";
            case NOT_WORSE -> "it is not worse within the margin of " + margin;
            default -> found.high() < 0
                    ? "it is worse"
                    : Text.format("that it is not worse by more than the margin of %s is not shown", margin);
        };
        return Text.format("%s: %s on %s %s rows is %.4f, of the one in service %.4f; difference %+.4f, from %+.4f to"
                        + " %+.4f with a one-sided confidence of %s each",
                meaning, found.measure(), found.rows(), split, found.score(), found.currentScore(),
                found.difference(), found.low(), found.high(), found.confidence());
    }

    /** The judgement with a remark at the end of its reason. */
    Judgement with(String remark) {
        return new Judgement(verdict, reason + remark, comparison);
    }

    /** The judgement under a mode: where the comparison does not decide, the mode does. */
    Judgement under(PromotionConfig.Mode mode) {
        return switch (mode) {
            case GATE -> this;
            case ALWAYS -> new Judgement(Outcome.ALWAYS, "promotion was asked for in any case; " + reason, comparison);
            case NEVER -> new Judgement(Outcome.NEVER, "no promotion was asked for; " + reason, comparison);
        };
    }
}
