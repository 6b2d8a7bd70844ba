package org.scibert.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names and shapes of a classifier's weights, in the order of its files and of its training state.
 *
 * <p>The names are those of Hugging Face's {@code BertForSequenceClassification} without the pooler, which this head
 * does not have: {@code bert.embeddings.word_embeddings.weight} … {@code classifier.bias}. Linear weights are
 * {@code (out, in)}.
 */
public final class WeightNames {
    public static final String CLASSIFIER_WEIGHT = "classifier.weight";
    public static final String CLASSIFIER_BIAS = "classifier.bias";

    private static final String LAYER = "bert.encoder.layer.";

    private WeightNames() {}

    /** The encoder's shapes by name, in order. */
    public static Map<String, long[]> ofEncoder(EncoderConfig c) {
        long h = c.hiddenSize();
        long f = c.intermediateSize();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("bert.embeddings.word_embeddings.weight", new long[] {c.vocabSize(), h});
        shapes.put("bert.embeddings.position_embeddings.weight", new long[] {c.maxPositions(), h});
        shapes.put("bert.embeddings.token_type_embeddings.weight", new long[] {c.typeVocabSize(), h});
        pair(shapes, "bert.embeddings.LayerNorm", h);
        for (int i = 0; i < c.layers(); i++) {
            String layer = LAYER + i + ".";
            pair(shapes, layer + "attention.self.query", h, h);
            pair(shapes, layer + "attention.self.key", h, h);
            pair(shapes, layer + "attention.self.value", h, h);
            pair(shapes, layer + "attention.output.dense", h, h);
            pair(shapes, layer + "attention.output.LayerNorm", h);
            pair(shapes, layer + "intermediate.dense", f, h);
            pair(shapes, layer + "output.dense", h, f);
            pair(shapes, layer + "output.LayerNorm", h);
        }
        return shapes;
    }

    /** The encoder's and the head's shapes by name, in order. */
    public static Map<String, long[]> ofClassifier(EncoderConfig c, int outputs) {
        Map<String, long[]> shapes = ofEncoder(c);
        shapes.put(CLASSIFIER_WEIGHT, new long[] {outputs, c.hiddenSize()});
        shapes.put(CLASSIFIER_BIAS, new long[] {outputs});
        return shapes;
    }

    /** Whether AdamW decays this weight: all but biases and LayerNorm (Devlin et al. 2019, and BERT's own code). */
    public static boolean decays(String name) {
        return !name.endsWith(".bias") && !name.contains("LayerNorm");
    }

    /** How far below the head a weight is: 0 in the head, 1 in the last layer, {@code layers + 1} in the embeddings. */
    public static int depth(String name, int layers) {
        if (name.startsWith("classifier.")) {
            return 0;
        }
        return name.startsWith(LAYER) ? layers - Integer.parseInt(name.split("\\.")[3]) : layers + 1;
    }

    /** All names, in order. */
    public static List<String> names(EncoderConfig c, int outputs) {
        return List.copyOf(ofClassifier(c, outputs).keySet());
    }

    private static void pair(Map<String, long[]> shapes, String module, long... weight) {
        shapes.put(module + ".weight", weight);
        shapes.put(module + ".bias", new long[] {weight[0]});
    }
}
