package org.scibert.training.baseline;

import ai.djl.Device;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.scibert.classifier.Classifier;
import org.scibert.network.Network;
import org.scibert.network.NetworkConfig;
import org.scibert.network.OptimizerConfig;
import org.scibert.network.Pooling;
import org.scibert.network.TrainableNetwork;
import org.scibert.network.WeightNames;
import org.scibert.text.Batch;
import org.scibert.text.Encoding;
import org.scibert.training.finetune.LengthBuckets;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;
import org.scibert.weights.Tensor;

/**
 * The vectors that an encoder gives texts before it is fine-tuned: [CLS]'s and the mean of the tokens'.
 *
 * @param hidden H
 * @param splits (N, 2, H) row-major, in the rows' order
 */
public record PooledVectors(int hidden, Map<Split, float[]> splits) {
    /**
     * Sends the texts of all splits through the encoder, on a GPU if the job has one.
     *
     * @param encoder its weights by name
     * @param beforeBatch runs before each forward pass; ends the work by an exception
     */
    public static PooledVectors of(
            NetworkConfig config, Map<String, Tensor> encoder, Splits<List<Encoding>> texts, long padId, Device device,
            Runnable beforeBatch)
            throws IOException {
        Map<String, Tensor> weights = new LinkedHashMap<>(encoder);
        int hidden = config.encoder().hiddenSize();
        weights.putAll(head(config, new float[config.outputs() * hidden], new float[config.outputs()]));
        if (device.isGpu()) {
            try (TrainableNetwork network =
                    TrainableNetwork.open(config, OptimizerConfig.DEFAULT, weights, device, 0)) {
                return of(hidden, texts, padId, network::pooled, beforeBatch);
            }
        }
        try (Network network = Network.open(config, weights)) { // its kernels are faster on a CPU
            return of(hidden, texts, padId, network::pooled, beforeBatch);
        }
    }

    private static PooledVectors of(
            int hidden, Splits<List<Encoding>> texts, long padId, Function<Batch, float[]> pooled,
            Runnable beforeBatch) {
        Map<Split, float[]> splits = new EnumMap<>(Split.class);
        texts.bySplit().forEach((split, own) -> {
            float[] vectors = new float[own.size() * 2 * hidden]; // (N, 2, H)
            int[] lengths = own.stream().mapToInt(Encoding::used).toArray();
            for (int[] rows : LengthBuckets.sorted(lengths, Classifier.BATCH_ROWS)) {
                beforeBatch.run();
                float[] found = pooled.apply(
                        Batch.of(Arrays.stream(rows).mapToObj(own::get).toList(), padId)); // (B, 2, H)
                for (int b = 0; b < rows.length; b++) {
                    System.arraycopy(found, b * 2 * hidden, vectors, rows[b] * 2 * hidden, 2 * hidden);
                }
            }
            splits.put(split, vectors);
        });
        return new PooledVectors(hidden, splits);
    }

    /**
     * The vectors of a fold of a cross-validation.
     *
     * @param training places of the training rows that the fold's model learns from
     * @param heldOut places of those that it answers, dev of what is returned
     */
    public PooledVectors fold(int[] training, int[] heldOut) {
        Map<Split, float[]> fold = new EnumMap<>(Split.class);
        fold.put(Split.TRAIN, select(training));
        fold.put(Split.DEV, select(heldOut));
        return new PooledVectors(hidden, fold);
    }

    private float[] select(int[] places) {
        float[] all = splits.get(Split.TRAIN);
        float[] some = new float[places.length * 2 * hidden];
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(all, places[i] * 2 * hidden, some, i * 2 * hidden, 2 * hidden);
        }
        return some;
    }

    /** The number of rows of a split. */
    int rows(Split split) {
        return splits.get(split).length / (2 * hidden);
    }

    /** The value of one element of a row's vector. */
    float at(Split split, int row, Pooling pooling, int h) {
        return splits.get(split)[(2 * row + (pooling == Pooling.MEAN ? 1 : 0)) * hidden + h];
    }

    /** A head's tensors by name. */
    static Map<String, Tensor> head(NetworkConfig config, float[] weight, float[] bias) {
        return Map.of(
                WeightNames.CLASSIFIER_WEIGHT,
                Tensor.of(WeightNames.CLASSIFIER_WEIGHT,
                        new long[] {config.outputs(), config.encoder().hiddenSize()}, weight),
                WeightNames.CLASSIFIER_BIAS,
                Tensor.of(WeightNames.CLASSIFIER_BIAS, new long[] {config.outputs()}, bias));
    }
}
