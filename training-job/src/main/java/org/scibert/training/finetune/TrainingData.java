package org.scibert.training.finetune;

import java.util.Optional;
import java.util.function.Function;
import org.scibert.network.Targets;
import org.scibert.training.evaluation.Metrics;

/**
 * The examples of a training run and the measure of its epochs.
 *
 * @param train examples that the weights are fitted to
 * @param dev that the best epoch is chosen by; without it, the last epoch is the best
 * @param labelWeights (C): pos_weight of each logit, or the classes' weights in the loss
 */
public record TrainingData(Examples train, Optional<Dev> dev, float[] labelWeights) {
    /**
     * Examples that epochs are measured on.
     *
     * @param scores from their logits, (N, C) row-major, to metrics
     */
    public record Dev(Examples examples, Function<float[], Metrics> scores) {}

    /** Examples to learn from and to choose by, and the measure of the latter. */
    public TrainingData(Examples train, Examples dev, float[] labelWeights, Function<float[], Metrics> scores) {
        this(train, Optional.of(new Dev(dev, scores)), labelWeights);
    }

    /**
     * The weight of training rows in a mean loss: their number, or the sum of their classes' weights, by which weighted
     * cross-entropy divides.
     */
    double weight(int[] rows) {
        if (!(train.targets() instanceof Targets.Classes all)) {
            return rows.length;
        }
        double weight = 0;
        for (int row : rows) {
            weight += labelWeights[(int) all.classes()[row]];
        }
        return weight;
    }
}
