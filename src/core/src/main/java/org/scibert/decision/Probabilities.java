package org.scibert.decision;

/** Sigmoid and softmax in double precision, stable for logits of any size. */
public final class Probabilities {
    private Probabilities() {}

    /** {@code 1 / (1 + e^-z)}, in [0, 1]. */
    public static double sigmoid(double z) {
        // e^-|z| never overflows.
        double e = Math.exp(-Math.abs(z));
        return z >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /** {@code e^z_c / Σ e^z}, (C) → (C), summing to 1. */
    public static double[] softmax(double[] z) {
        double max = Double.NEGATIVE_INFINITY;
        for (double v : z) {
            max = Math.max(max, v);
        }
        double[] p = new double[z.length];
        double sum = 0;
        for (int c = 0; c < z.length; c++) {
            p[c] = Math.exp(z[c] - max);
            sum += p[c];
        }
        for (int c = 0; c < z.length; c++) {
            p[c] /= sum;
        }
        return p;
    }
}
