package org.scibert.training.calibration;

import java.util.Optional;
import org.scibert.decision.Probabilities;
import org.scibert.io.Text;

/**
 * Slope and intercept that make a label's probabilities come true (Platt 1999).
 *
 * <p>Training with pos_weight w fits w · p / (1 − p), so that its log-odds are ln w too high: the fit starts at the
 * intercept −ln w, and that is all there is where it can't be trusted. As Platt did, rows aren't told to be 1 and 0 but
 * (N₊ + 1) / (N₊ + 2) and 1 / (N₋ + 2): with few rows, or none that overlap, no probability runs off to 0 or 1.
 */
final class PlattScaling {
    /** Ten rows of the rarer side for each of the two numbers fitted. */
    static final int FEWEST = 20;

    private PlattScaling() {}

    /**
     * @param label as people are to read it
     * @param logits (N)
     * @param positive (N)
     * @param positiveWeight that the model was trained with, above 0
     */
    static FittedDecisions.Line fit(String label, double[] logits, boolean[] positive, double positiveWeight) {
        double shift = -Math.log(positiveWeight) + 0.;
        int positives = 0;
        for (boolean p : positive) {
            positives += p ? 1 : 0;
        }
        int negatives = positive.length - positives;
        if (Math.min(positives, negatives) < FEWEST) {
            return new FittedDecisions.Line(label, FittedDecisions.Method.PRIOR_SHIFT, 1, shift,
                    Text.format("%s to calibrate by with and %s without the label \"%s\"; a fit needs at least %s of"
                                    + " both, so only pos_weight is undone; label more",
                            Text.count(positives, "row"), negatives, label, FEWEST));
        }
        double high = (positives + 1.) / (positives + 2);
        double low = 1. / (negatives + 2);
        Optional<Newton.Point> best =
                Newton.minimum(line -> loss(line, logits, positive, high, low), new Newton.Point(1, shift));
        if (best.isEmpty() || !(best.get().a() > 0)) {
            return new FittedDecisions.Line(label, FittedDecisions.Method.PRIOR_SHIFT, 1, shift,
                    Text.format(
                            "the probability of \"%s\" does not rise with the model's score, so only pos_weight is"
                                    + " undone",
                            label));
        }
        return new FittedDecisions.Line(label, FittedDecisions.Method.PLATT, best.get().a(), best.get().b(), null);
    }

    /** Mean cross-entropy of the targets and sigmoid(a · z + b). */
    private static Newton.Expansion loss(
            Newton.Point line, double[] logits, boolean[] positive, double high, double low) {
        double value = 0;
        double byA = 0;
        double byB = 0;
        double byAA = 0;
        double byAB = 0;
        double byBB = 0;
        for (int i = 0; i < logits.length; i++) {
            double z = line.a() * logits[i] + line.b();
            double target = positive[i] ? high : low;
            double p = Probabilities.sigmoid(z);
            double curvature = p * (1 - p);
            value += Math.max(z, 0) - z * target + Math.log1p(Math.exp(-Math.abs(z)));
            byA += (p - target) * logits[i];
            byB += p - target;
            byAA += curvature * logits[i] * logits[i];
            byAB += curvature * logits[i];
            byBB += curvature;
        }
        double n = logits.length;
        return new Newton.Expansion(value / n, byA / n, byB / n, byAA / n, byAB / n, byBB / n);
    }
}
