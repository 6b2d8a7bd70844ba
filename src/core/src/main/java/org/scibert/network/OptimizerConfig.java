package org.scibert.network;

import org.scibert.io.Text;

/**
 * The settings of a training step; the learning rate is given with each step.
 *
 * @param weightDecay AdamW's decay of all weights but biases and LayerNorm, in [0, 1); 0.01 in BERT's own code
 * @param maxGradientNorm gradients are scaled down to this common norm; {@link Double#POSITIVE_INFINITY} never does
 * @param layerDecay factor of a layer's learning rate for each layer between it and the head, in (0, 1]: the
 *     head has the full rate, the last of L layers the rate × decay, the embeddings the rate × decay<sup>L+1</sup>, as
 *     in ULMFiT (Howard and Ruder 2018; decay 1/2.6). ELECTRA's code (0.8) skips one power between layers and head
 * @param frozenEncoder only the head learns; the encoder's gradients are not computed, its dropout stays on
 * @param labelSmoothing s in [0, 1): targets y become (1 − s) y + s / C for multi-class (PyTorch's cross_entropy), and
 *     (1 − s) y + s / 2 for each logit of binary and multi-label
 * @param compute the number format of forward and backward
 */
public record OptimizerConfig(
        double weightDecay,
        double maxGradientNorm,
        double layerDecay,
        boolean frozenEncoder,
        double labelSmoothing,
        Compute compute) {
    public static final OptimizerConfig DEFAULT = new OptimizerConfig(0.01, 1.0, 1, false, 0, Compute.FP32);

    public OptimizerConfig {
        if (!(weightDecay >= 0 && weightDecay < 1)) {
            throw new IllegalArgumentException("weight decay must be in [0, 1), is " + weightDecay);
        }
        if (!(maxGradientNorm > 0)) {
            throw new IllegalArgumentException("the maximal gradient norm must be above 0, is " + maxGradientNorm);
        }
        if (!(layerDecay > 0 && layerDecay <= 1)) {
            throw new IllegalArgumentException(Text.format(
                    "layer decay must be above 0 and at most 1, is %s; 0.9 is usual, 1 is none",
                    layerDecay));
        }
        if (frozenEncoder && layerDecay != 1) {
            throw new IllegalArgumentException(Text.format(
                    "layer decay %s slows the encoder's layers, and a frozen encoder does not",
                    layerDecay) + " learn at all; leave one of the two out");
        }
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException(
                    Text.format("label smoothing must be in [0, 1), is %s; 0.1 is usual", labelSmoothing));
        }
    }

    /** These settings with another number format. */
    public OptimizerConfig with(Compute other) {
        return new OptimizerConfig(weightDecay, maxGradientNorm, layerDecay, frozenEncoder, labelSmoothing, other);
    }
}
