package org.scibert.training.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scibert.classifier.ModelConfig;
import org.scibert.decision.Calibration;
import org.scibert.decision.Task;
import org.scibert.lexicon.Lexicon;
import org.scibert.network.WeightNames;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/**
 * Converts a release's weights to those of transformers' {@code BertForSequenceClassification}.
 *
 * <p>That class has a pooler between [CLS] and the head, tanh(P · h + p), which ours has not. With P = 2⁻²⁰ · I and
 * p = 0 the pooler gives 2⁻²⁰ · h: scaling by a power of two is exact, and tanh(x) = x − x³ / 3 + … rounds to x in
 * 32-bit floats as long as |x| is below 2⁻¹², which is |h| below 256. A BERT's last LayerNorm keeps h far below that.
 * The head takes the factor back, exactly again.
 *
 * <p>The calibration is part of the head: a · (w · h + b) + c = (a · w) · h + (a · b + c). A binary head, which has one
 * logit z, becomes two with the logits 0 and z, whose softmax is z's sigmoid. Of a blend, the head has the network's
 * part and the constant; the lexicon's weights take the other part, to be added to the logits.
 */
final class HuggingFaceWeights {
    private static final int POOLER_EXPONENT = -20;

    private HuggingFaceWeights() {}

    /**
     * Converts the weights.
     *
     * @param release F32 weights by name
     * @return under the names of {@code BertForSequenceClassification}, the encoder's as they were
     * @throws WeightsException if one is missing
     */
    static List<Tensor> of(ModelConfig model, Map<String, Tensor> release) throws WeightsException {
        List<Tensor> weights = new ArrayList<>();
        for (String name : WeightNames.ofEncoder(model.network().encoder()).keySet()) {
            weights.add(weight(release, name));
        }
        int hidden = model.network().encoder().hiddenSize();
        weights.add(Tensor.of("bert.pooler.dense.weight", new long[] {hidden, hidden}, scaledIdentity(hidden)));
        weights.add(Tensor.of("bert.pooler.dense.bias", new long[] {hidden}, new float[hidden]));
        float[] weight = weight(release, WeightNames.CLASSIFIER_WEIGHT).floats(); // (C, H)
        float[] bias = weight(release, WeightNames.CLASSIFIER_BIAS).floats(); // (C)
        weights.addAll(head(model, weight, bias, hidden));
        return weights;
    }

    private static List<Tensor> head(ModelConfig model, float[] weight, float[] bias, int hidden) {
        Calibration calibration = model.rule().calibration();
        // The negative label's row of a binary head is 0.
        int first = model.network().task() == Task.BINARY ? 1 : 0;
        int labels = bias.length + first;
        float[] rows = new float[labels * hidden];
        float[] biases = new float[labels];
        for (int c = 0; c < bias.length; c++) {
            double slope = calibration.slopes().get(c);
            int output = c;
            double network = model.blend().map(blend -> blend.network().get(output)).orElse(1.);
            double constant = model.blend().map(blend -> blend.intercepts().get(output)).orElse(0.);
            for (int h = 0; h < hidden; h++) {
                rows[(c + first) * hidden + h] = Math.scalb(
                        (float) (slope * network * weight[c * hidden + h]), -POOLER_EXPONENT);
            }
            biases[c + first] =
                    (float) (slope * (network * bias[c] + constant) + calibration.intercepts().get(c));
        }
        return List.of(
                Tensor.of(WeightNames.CLASSIFIER_WEIGHT, new long[] {labels, hidden}, rows),
                Tensor.of(WeightNames.CLASSIFIER_BIAS, new long[] {labels}, biases));
    }

    /** The lexicon whose logits are added to those of the exported network. */
    static Lexicon lexicon(ModelConfig model, Lexicon released) {
        float[][] weights = new float[released.outputs()][];
        float[] intercepts = released.intercepts();
        for (int c = 0; c < weights.length; c++) {
            double factor =
                    model.rule().calibration().slopes().get(c) * model.blend().orElseThrow().words().get(c);
            weights[c] = released.weights(c);
            for (int v = 0; v < weights[c].length; v++) {
                weights[c][v] = (float) (factor * weights[c][v]);
            }
            intercepts[c] = (float) (factor * intercepts[c]);
        }
        return new Lexicon(released.tfIdf(), weights, intercepts);
    }

    private static float[] scaledIdentity(int size) {
        float[] values = new float[size * size];
        for (int i = 0; i < size; i++) {
            values[i * size + i] = Math.scalb(1f, POOLER_EXPONENT);
        }
        return values;
    }

    private static Tensor weight(Map<String, Tensor> release, String name) throws WeightsException {
        Tensor found = release.get(name);
        if (found == null) {
            throw new WeightsException("the release's weights lack " + name);
        }
        return found;
    }
}
