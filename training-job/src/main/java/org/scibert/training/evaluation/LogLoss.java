package org.scibert.training.evaluation;

/** Mean losses from logits, in nats, without overflow for any finite logit. */
final class LogLoss {
    private LogLoss() {}

    /** Sigmoid and binary cross-entropy: {@code max(z, 0) − z·y + ln(1 + e^−|z|)}; logits and flags of one shape. */
    static double binary(float[] logits, boolean[] positive) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            double z = logits[i];
            sum += Math.max(z, 0) - (positive[i] ? z : 0) + Math.log1p(Math.exp(-Math.abs(z)));
        }
        return sum / logits.length;
    }

    /**
     * Softmax and cross-entropy.
     *
     * @param logits (N, C)
     * @param classes (N), 0 to C − 1
     */
    static double crossEntropy(float[] logits, int[] classes) {
        int labels = logits.length / classes.length;
        double sum = 0;
        for (int i = 0; i < classes.length; i++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < labels; c++) {
                max = Math.max(max, logits[i * labels + c]);
            }
            double exponentials = 0;
            for (int c = 0; c < labels; c++) {
                exponentials += Math.exp(logits[i * labels + c] - max);
            }
            sum += max + Math.log(exponentials) - logits[i * labels + classes[i]];
        }
        return sum / classes.length;
    }
}
