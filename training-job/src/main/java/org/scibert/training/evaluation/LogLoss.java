package org.scibert.training.evaluation;

/** The losses of one row from its logits, in nats, without overflow for any finite logit. */
final class LogLoss {
    private LogLoss() {}

    /** Sigmoid and binary cross-entropy: {@code max(z, 0) − z·y + ln(1 + e^−|z|)}. */
    static double binary(double z, boolean positive) {
        return Math.max(z, 0) - (positive ? z : 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }

    /**
     * Softmax and cross-entropy.
     *
     * @param z (C)
     * @param gold 0 to C − 1
     */
    static double crossEntropy(double[] z, int gold) {
        double max = Double.NEGATIVE_INFINITY;
        for (double v : z) {
            max = Math.max(max, v);
        }
        double exponentials = 0;
        for (double v : z) {
            exponentials += Math.exp(v - max);
        }
        return max + Math.log(exponentials) - z[gold];
    }
}
