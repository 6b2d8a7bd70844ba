package org.scibert.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scibert.runtime.Processor;
import org.scibert.text.Batch;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/**
 * The loss of logits by 8 bits, layer by layer: each linear layer is quantized alone, all others are computed in fp32.
 * The errors of several layers are nearly independent, so that the layer with the largest is the first to be left in 16
 * bits.
 */
public final class Int8Sensitivity {
    private Int8Sensitivity() {}

    /**
     * The linear layers that are quantized together: query, key and value, whose products share their input, and each
     * of the others alone.
     *
     * @return names such as {@code bert.encoder.layer.0.output.dense}, from the first layer on
     */
    static List<Set<String>> groups(EncoderConfig encoder) {
        List<Set<String>> groups = new ArrayList<>();
        for (int i = 0; i < encoder.layers(); i++) {
            String layer = "bert.encoder.layer." + i + ".";
            String attention = layer + "attention.self.";
            groups.add(Set.of(attention + "query", attention + "key", attention + "value"));
            groups.add(Set.of(layer + "attention.output.dense"));
            groups.add(Set.of(layer + "intermediate.dense"));
            groups.add(Set.of(layer + "output.dense"));
        }
        return groups;
    }

    /**
     * Orders the groups of layers by how much they lose.
     *
     * @param smoothed all weights, F32, as {@link SmoothQuant#smooth} gives them
     * @param texts input ids to compare logits on, each with [CLS] and [SEP]
     * @param beforeText runs before each forward pass; ends the work by an exception
     * @return names of the layers of each group, the group that loses most first
     */
    public static List<Set<String>> order(
            NetworkConfig config, Map<String, Tensor> smoothed, List<int[]> texts, Runnable beforeText)
            throws WeightsException {
        Map<String, Tensor> half = byName(ReducedWeights.of(Precision.FP16, smoothed));
        Map<String, Tensor> int8 = byName(ReducedWeights.of(Precision.INT8, smoothed));
        // The word embedding is not at issue: it is looked up in 8 bits in either case.
        half.putAll(embedding(int8));
        Kernels kernels = new Kernels("fp32", Kernels.exact(Precision.INT8, Processor.current()).int8());
        List<float[]> expected = logits(config, half, kernels, texts, beforeText);
        Map<Set<String>, Double> losses = new LinkedHashMap<>();
        for (Set<String> group : groups(config.encoder())) {
            Map<String, Tensor> mixed = new LinkedHashMap<>(half);
            int8.forEach((name, tensor) -> {
                if (group.contains(name.substring(0, name.lastIndexOf('.')))) {
                    mixed.put(name, tensor);
                }
            });
            losses.put(group, squaredDifference(expected, logits(config, mixed, kernels, texts, beforeText)));
        }
        return losses.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, Tensor> embedding(Map<String, Tensor> int8) {
        Map<String, Tensor> embedding = new LinkedHashMap<>(int8);
        embedding.keySet().removeIf(name -> !name.startsWith("bert.embeddings.word_embeddings."));
        return embedding;
    }

    private static List<float[]> logits(
            NetworkConfig config, Map<String, Tensor> weights, Kernels kernels, List<int[]> texts, Runnable beforeText)
            throws WeightsException {
        try (Network network = Network.open(config, Precision.INT8, weights, kernels)) {
            List<float[]> logits = new ArrayList<>(texts.size());
            for (int[] text : texts) {
                beforeText.run();
                long[] mask = new long[text.length];
                Arrays.fill(mask, 1);
                long[] ids = Arrays.stream(text).asLongStream().toArray();
                logits.add(network.logits(new Batch(1, text.length, ids, mask)));
            }
            return logits;
        }
    }

    private static double squaredDifference(List<float[]> expected, List<float[]> found) {
        double sum = 0;
        for (int i = 0; i < expected.size(); i++) {
            for (int c = 0; c < expected.get(i).length; c++) {
                sum += Math.pow((double) found.get(i)[c] - expected.get(i)[c], 2);
            }
        }
        return sum;
    }

    private static Map<String, Tensor> byName(List<Tensor> tensors) {
        Map<String, Tensor> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
        return byName;
    }
}
