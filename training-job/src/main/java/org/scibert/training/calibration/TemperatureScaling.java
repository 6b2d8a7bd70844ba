package org.scibert.training.calibration;

import java.util.Arrays;
import java.util.Optional;
import org.scibert.decision.Probabilities;
import org.scibert.io.Text;

/**
 * The temperature that makes the classes' probabilities come true (Guo et al. 2017); what is the most probable class
 * stays so. Weights of classes are not undone for that reason: whoever gave them wants other classes to be called.
 *
 * <p>Fitted as 1 / T, in which the loss is convex. The targets are Platt's for more classes than two: (Nₖ + 1) / (Nₖ +
 * C) for a row's own class k and 1 / (Nₖ + C) for each other, so that a model without errors on dev isn't told to be
 * certain.
 */
final class TemperatureScaling {
    /** Ten would do for one number; probabilities of C classes are worth more. */
    static final int FEWEST = 20;

    private TemperatureScaling() {}

    /**
     * @param logits (N, C)
     * @param classes (N), 0 to C − 1
     */
    static FittedDecisions.Line fit(double[] logits, int[] classes) {
        if (classes.length < FEWEST) {
            return new FittedDecisions.Line(null, FittedDecisions.Method.NONE, 1, 0,
                    Text.format("%s to calibrate by; a temperature needs at least %s",
                            Text.count(classes.length, "row"), FEWEST));
        }
        int labels = logits.length / classes.length;
        int[] rows = new int[labels];
        for (int c : classes) {
            rows[c]++;
        }
        double[][] z = new double[classes.length][];
        double[] wanted = new double[classes.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = Arrays.copyOfRange(logits, i * labels, (i + 1) * labels);
            double target = 1. / (rows[classes[i]] + labels);
            wanted[i] = target * (Arrays.stream(z[i]).sum() + rows[classes[i]] * z[i][classes[i]]);
        }
        Optional<Newton.Point> best = Newton.minimum(slope -> loss(slope.a(), z, wanted), new Newton.Point(1, 0));
        if (best.isEmpty() || !(best.get().a() > 0)) {
            return new FittedDecisions.Line(null, FittedDecisions.Method.NONE, 1, 0,
                    "the model is right no more often where it is surer, so its probabilities stay as they are");
        }
        return new FittedDecisions.Line(null, FittedDecisions.Method.TEMPERATURE, best.get().a(), 0, null);
    }

    /**
     * Mean cross-entropy of the targets and softmax(slope · z); its derivative is how much larger the expected logit is
     * than the wanted one, its curvature the logits' variance.
     *
     * @param wanted (N), mean logit under the targets
     */
    private static Newton.Expansion loss(double slope, double[][] z, double[] wanted) {
        double value = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < z.length; i++) {
            double max = Arrays.stream(z[i]).map(v -> slope * v).max().orElseThrow();
            double[] p = Probabilities.softmax(Arrays.stream(z[i]).map(v -> slope * v).toArray());
            double exponentials = 0;
            double mean = 0;
            double square = 0;
            for (int c = 0; c < p.length; c++) {
                exponentials += Math.exp(slope * z[i][c] - max);
                mean += p[c] * z[i][c];
                square += p[c] * z[i][c] * z[i][c];
            }
            value += max + Math.log(exponentials) - slope * wanted[i];
            first += mean - wanted[i];
            second += square - mean * mean;
        }
        double n = z.length;
        return new Newton.Expansion(value / n, first / n, 0, second / n, 0, 0);
    }
}
