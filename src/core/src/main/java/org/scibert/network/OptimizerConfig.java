package org.scibert.network;

/**
 * How a training step changes the weights; the learning rate comes with each step.
 *
 * @param weightDecay AdamW's decay of all weights but biases and LayerNorm, at least 0; 0.01 in BERT's own code
 * @param maxGradientNorm gradients are scaled down to this common norm; {@link Double#POSITIVE_INFINITY} never does
 */
public record OptimizerConfig(double weightDecay, double maxGradientNorm) {
    public static final OptimizerConfig DEFAULT = new OptimizerConfig(0.01, 1.0);

    public OptimizerConfig {
        if (!(weightDecay >= 0 && weightDecay < 1)) {
            throw new IllegalArgumentException("weight decay must be in [0, 1), is " + weightDecay);
        }
        if (!(maxGradientNorm > 0)) {
            throw new IllegalArgumentException("the maximal gradient norm must be above 0, is " + maxGradientNorm);
        }
    }
}
