package org.scibert.training.bench;

import org.scibert.network.EncoderConfig;

/** Floating-point operations of matrix products, two for each multiplication and addition. The rest is not counted. */
final class StepCost {
    private StepCost() {}

    /**
     * One train step of B rows of T tokens, none of them padding. Forward, in a layer of width H with F in its middle:
     * 2 (4 H² + 2 H F) a token for the linear layers, and 4 T H for attention's two products. The last layer needs keys
     * and values of all tokens, 4 H², and the rest for [CLS] alone. Backward is twice the forward: one product for
     * the inputs' gradient, one for the weights'.
     */
    static double flops(EncoderConfig encoder, int rows, int tokens) {
        double h = encoder.hiddenSize();
        double f = encoder.intermediateSize();
        double perToken = 8 * h * h + 4 * h * f + 4 * tokens * h;
        double lastLayer = tokens * 4 * h * h + 4 * h * h + 4 * h * f + 4 * tokens * h;
        return 3 * rows * ((encoder.layers() - 1) * tokens * perToken + lastLayer);
    }
}
