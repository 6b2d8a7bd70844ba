package org.scibert.training.finetune;

import java.util.Map;
import java.util.Random;
import org.scibert.network.NetworkConfig;
import org.scibert.network.WeightNames;
import org.scibert.weights.Tensor;

/** The initial weights of the head, as BERT initializes its own: normal with deviation 0.02, biases 0. */
final class HeadWeights {
    private static final double DEVIATION = 0.02;

    private HeadWeights() {}

    /** The weight (C, H) and the bias (C) by name. */
    static Map<String, Tensor> initial(NetworkConfig config, Random random) {
        int outputs = config.outputs();
        int hidden = config.encoder().hiddenSize();
        float[] weight = new float[outputs * hidden];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) (DEVIATION * random.nextGaussian());
        }
        return Map.of(
                WeightNames.CLASSIFIER_WEIGHT,
                Tensor.of(WeightNames.CLASSIFIER_WEIGHT, new long[] {outputs, hidden}, weight),
                WeightNames.CLASSIFIER_BIAS,
                Tensor.of(WeightNames.CLASSIFIER_BIAS, new long[] {outputs}, new float[outputs]));
    }
}
