package org.scibert.training.promotion;

import java.util.Locale;
import org.scibert.training.evaluation.PairedComparison;
import org.scibert.training.rows.Split;

/**
 * A verdict and why.
 *
 * @param reason a sentence without its full stop
 * @param comparison null if there are no numbers
 */
record Judgement(Verdict verdict, String reason, PairedComparison comparison) {

    static Judgement without(Verdict verdict, String reason) {
        return new Judgement(verdict, reason, null);
    }

    /** By the numbers. */
    static Judgement of(PairedComparison found, Split split, double margin) {
        Verdict verdict = found.low() > 0
                ? Verdict.BETTER
                : found.low() >= -margin ? Verdict.NOT_WORSE : Verdict.NOT_SHOWN;
        return new Judgement(verdict, reason(found, split, margin, verdict), found);
    }

    private static String reason(PairedComparison found, Split split, double margin, Verdict verdict) {
        String meaning = switch (verdict) {
            case BETTER -> "it is better";
            case NOT_WORSE -> "it is not worse within the margin of " + margin;
            default -> found.high() < 0
                    ? "it is worse"
                    : "that it is not worse by more than the margin of %s is not shown".formatted(margin);
        };
        return String.format(Locale.ROOT,
                "%s: %s on %d %s rows is %.4f, of the one in service %.4f; difference %+.4f, from %+.4f to %+.4f with a"
                        + " one-sided confidence of %s each",
                meaning, found.measure(), found.rows(), split, found.score(), found.currentScore(),
                found.difference(), found.low(), found.high(), found.confidence());
    }

    /** What becomes of it where a comparison does not decide. */
    Judgement under(PromotionMode mode) {
        return switch (mode) {
            case GATE -> this;
            case ALWAYS -> new Judgement(Verdict.ALWAYS, "promotion was asked for in any case; " + reason, comparison);
            case NEVER -> new Judgement(Verdict.NEVER, "no promotion was asked for; " + reason, comparison);
        };
    }
}
