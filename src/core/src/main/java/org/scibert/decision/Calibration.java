package org.scibert.decision;

import java.util.Collections;
import java.util.List;
import org.scibert.io.Text;

/**
 * The calibration of a model's C logits, z → slope · z + intercept, after which sigmoid or softmax gives probabilities
 * that agree with observed frequencies.
 *
 * <p>Temperature scaling (Guo et al. 2017) has the slope 1 / T for every logit; Platt scaling (1999) has a slope and an
 * intercept for each. Slopes are above 0, so that the ranking of texts by a label stays the same.
 *
 * @param slopes (C), above 0
 * @param intercepts (C)
 */
public record Calibration(List<Double> slopes, List<Double> intercepts) {
    public Calibration {
        slopes = List.copyOf(slopes);
        intercepts = List.copyOf(intercepts);
        if (slopes.size() != intercepts.size()) {
            throw new IllegalArgumentException(Text.format(
                    "%d slopes and %d intercepts are no calibration; each logit has one of both",
                    slopes.size(), intercepts.size()));
        }
        for (double slope : slopes) {
            if (!(slope > 0 && Double.isFinite(slope))) {
                throw new IllegalArgumentException("a calibration's slope must be a number above 0, is " + slope);
            }
        }
        for (double intercept : intercepts) {
            if (!Double.isFinite(intercept)) {
                throw new IllegalArgumentException("a calibration's intercept must be a number, is " + intercept);
            }
        }
    }

    /** The identity on this number of logits. */
    public static Calibration none(int outputs) {
        return new Calibration(Collections.nCopies(outputs, 1.), Collections.nCopies(outputs, 0.));
    }

    /** Temperature scaling of this number of logits; a temperature above 1 makes probabilities less certain. */
    public static Calibration temperature(double temperature, int outputs) {
        return new Calibration(Collections.nCopies(outputs, 1 / temperature), Collections.nCopies(outputs, 0.));
    }

    /** The number of logits, C. */
    public int outputs() {
        return slopes.size();
    }

    /** Whether this is the identity. */
    public boolean isNone() {
        return equals(none(outputs()));
    }

    /**
     * Calibrates logits.
     *
     * @param logits (…, C), row-major
     * @return calibrated logits of the same shape
     */
    public double[] apply(float[] logits) {
        if (logits.length % outputs() != 0) {
            throw new IllegalArgumentException(
                    Text.format("%d logits are not rows of %d", logits.length, outputs()));
        }
        double[] calibrated = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            int c = i % outputs();
            calibrated[i] = slopes.get(c) * logits[i] + intercepts.get(c);
        }
        return calibrated;
    }
}
