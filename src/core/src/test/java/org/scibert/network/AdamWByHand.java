package org.scibert.network;

import java.util.ArrayList;
import java.util.List;
import org.scibert.weights.Tensor;

/** AdamW and clipping in double precision, after Loshchilov and Hutter (2019), Algorithm 2, to hold a step against. */
final class AdamWByHand {
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPS = 1e-8;

    private final List<Tensor> tensors;
    private final OptimizerConfig optimizer;
    private final List<double[]> weights = new ArrayList<>();
    private final List<double[]> first = new ArrayList<>();
    private final List<double[]> second = new ArrayList<>();
    private int steps;

    /** @param initial of the weights that learn, in a {@link TinyEncoder} */
    AdamWByHand(List<Tensor> initial, OptimizerConfig optimizer) {
        this.tensors = initial;
        this.optimizer = optimizer;
        for (Tensor t : initial) {
            float[] values = t.floats();
            double[] copy = new double[values.length];
            for (int i = 0; i < copy.length; i++) {
                copy[i] = values[i];
            }
            weights.add(copy);
            first.add(new double[copy.length]);
            second.add(new double[copy.length]);
        }
    }

    /** Gives the gradients' norm before clipping. */
    double step(List<float[]> gradients, double learningRate) {
        steps++;
        double squares = 0;
        for (float[] g : gradients) {
            for (float v : g) {
                squares += (double) v * v;
            }
        }
        double norm = Math.sqrt(squares);
        double scale = Math.min(1, optimizer.maxGradientNorm() / (norm + 1e-6));
        for (int i = 0; i < gradients.size(); i++) {
            String name = tensors.get(i).name();
            double decay = WeightNames.decays(name) ? optimizer.weightDecay() : 0;
            double rate = learningRate * Math.pow(optimizer.layerDecay(), depth(name));
            for (int k = 0; k < gradients.get(i).length; k++) {
                double g = gradients.get(i)[k] * scale;
                double m = first.get(i)[k] = BETA_1 * first.get(i)[k] + (1 - BETA_1) * g;
                double v = second.get(i)[k] = BETA_2 * second.get(i)[k] + (1 - BETA_2) * g * g;
                double mHat = m / (1 - Math.pow(BETA_1, steps));
                double vHat = v / (1 - Math.pow(BETA_2, steps));
                double w = weights.get(i)[k];
                weights.get(i)[k] = w - rate * (mHat / (Math.sqrt(vHat) + EPS) + decay * w);
            }
        }
        return norm;
    }

    /** Of two layers: embeddings lowest, the head undamped. */
    private static int depth(String name) {
        if (name.startsWith("bert.embeddings")) {
            return 3;
        }
        if (name.contains("layer.0")) {
            return 2;
        }
        return name.contains("layer.1") ? 1 : 0;
    }

    double weight(int tensor, int index) {
        return weights.get(tensor)[index];
    }
}
