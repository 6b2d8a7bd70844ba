package org.scibert.training.finetune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.scibert.decision.Task;
import org.scibert.network.NetworkConfig;
import org.scibert.network.Targets;
import org.scibert.network.TinyEncoder;
import org.scibert.network.WeightNames;
import org.scibert.text.Encoding;
import org.scibert.training.evaluation.Metrics;
import org.scibert.weights.Tensor;

/** Random rows of 3 to 9 tokens for the tiny encoder. */
final class TinyRows {
    private TinyRows() {}

    /** With dropout everywhere. */
    static NetworkConfig network(Task task, int outputs) {
        return new NetworkConfig(TinyEncoder.config(0.1), task, outputs, 0.3);
    }

    static Map<String, Tensor> encoder(NetworkConfig network) {
        Map<String, Tensor> weights = new LinkedHashMap<>(TinyEncoder.weights(network, 5));
        weights.remove(WeightNames.CLASSIFIER_WEIGHT);
        weights.remove(WeightNames.CLASSIFIER_BIAS);
        return weights;
    }

    static TrainingData binary(int rows, Function<float[], Metrics> scores) {
        float[] flags = new float[rows];
        for (int i = 0; i < rows; i++) {
            flags[i] = i % 2;
        }
        Examples examples = new Examples(encodings(rows), new Targets.Flags(flags, 1), 0);
        return new TrainingData(examples, examples, new float[] {2}, scores);
    }

    /** Classes 0, 1, 2 in turn, with weights 1, 2 and 5. */
    static TrainingData classes(int rows) {
        long[] classes = new long[rows];
        for (int i = 0; i < rows; i++) {
            classes[i] = i % 3;
        }
        Examples examples = new Examples(encodings(rows), new Targets.Classes(classes), 0);
        return new TrainingData(examples, examples, new float[] {1, 2, 5}, logits -> Scripted.metrics(0.5, 0.5));
    }

    private static List<Encoding> encodings(int rows) {
        Random random = new Random(11);
        List<Encoding> encodings = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            int tokens = 3 + random.nextInt(7);
            int[] ids = random.longs(tokens, 5, 80).mapToInt(id -> (int) id).toArray();
            ids[0] = 2;
            ids[tokens - 1] = 3;
            encodings.add(new Encoding(ids, tokens));
        }
        return encodings;
    }
}
