package org.scibert.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.scibert.runtime.Processor;
import org.scibert.text.Batch;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/**
 * A network that serves: weights bound without a copy, linear layers in their kernels' layout, no gradients, no
 * dropout.
 *
 * <p>Several threads may call it at once; each gets the bits it would get alone. It owns one native memory manager,
 * freed by {@link #close()}.
 */
public final class Network implements AutoCloseable {
    private static final ThreadLocal<Boolean> PLAIN_EXECUTOR = ThreadLocal.withInitial(() -> {
        // Specialising the graph for each new shape doubles the time of first calls and gains nothing afterwards.
        JniUtils.setGraphExecutorOptimize(false);
        return true;
    });

    private final NetworkConfig config;
    private final PtNDManager manager;
    private final NetworkModule module;
    private final boolean rowsAreIndependent;

    private Network(
            NetworkConfig config, PtNDManager manager, NetworkModule module, boolean rowsAreIndependent) {
        this.config = config;
        this.manager = manager;
        this.module = module;
        this.rowsAreIndependent = rowsAreIndependent;
    }

    /**
     * Opens a network in fp32.
     *
     * @param weights by name, as {@link WeightNames#ofClassifier} lists them, F32 in direct buffers; more are ignored
     * @throws WeightsException if one is missing or has another shape or type
     */
    public static Network open(NetworkConfig config, Map<String, Tensor> weights) throws WeightsException {
        return open(config, Precision.FP32, weights);
    }

    /**
     * Opens a network in any precision.
     *
     * @param precision the precision that the weights were reduced to
     * @param weights by name, as {@link ReducedWeights#of} gives them, in direct buffers; more are ignored
     * @throws WeightsException if one is missing or has another shape or type
     */
    public static Network open(NetworkConfig config, Precision precision, Map<String, Tensor> weights)
            throws WeightsException {
        return open(config, precision, weights, Kernels.fastest(precision, Processor.current()));
    }

    /**
     * Opens a network that rounds as the precision does on every processor: where this one lacks the instructions, by
     * slower products in fp32. To measure a precision's loss, which then does not depend on the machine.
     *
     * @throws WeightsException as {@link #open(NetworkConfig, Precision, Map)}
     */
    public static Network openExact(NetworkConfig config, Precision precision, Map<String, Tensor> weights)
            throws WeightsException {
        return open(config, precision, weights, Kernels.exact(precision, Processor.current()));
    }

    static Network open(NetworkConfig config, Precision precision, Map<String, Tensor> weights, Kernels kernels)
            throws WeightsException {
        PtNDManager manager = NetworkModule.newManager(Device.cpu());
        try {
            PLAIN_EXECUTOR.get();
            NetworkModule module = NetworkModule.forServing(manager, config, kernels);
            module.bind(BoundWeights.of(manager, config, precision, weights));
            return new Network(config, manager, module, !ReducedWeights.shareScales(weights.keySet()));
        } catch (RuntimeException | WeightsException e) {
            manager.close();
            throw e;
        }
    }

    public NetworkConfig config() {
        return config;
    }

    /**
     * Whether a row's result depends on the row alone, but for floating-point noise. Not so for int8 of releases before
     * 0.2, whose activations share a scale in a batch.
     */
    public boolean rowsAreIndependent() {
        return rowsAreIndependent;
    }

    /** The logits of each row, (B, C) row-major. */
    public float[] logits(Batch batch) {
        return run(batch, "forward");
    }

    /** The encoder's last hidden state at [CLS] of each row, (B, H) row-major. */
    public float[] clsVectors(Batch batch) {
        return run(batch, "cls_vectors");
    }

    /** The encoder's last hidden state, (B, T, H) row-major, padding included. */
    public float[] lastHiddenState(Batch batch) {
        return run(batch, "last_hidden_state");
    }

    /** The vector of [CLS] and the mean of the tokens' vectors without padding, of each row, (B, 2, H) row-major. */
    public float[] pooled(Batch batch) {
        return run(batch, "pooled");
    }

    /**
     * The largest magnitude that each channel of the linear layers' inputs takes in one text. Not for several threads.
     *
     * @param inputIds one row, (T)
     * @return for each layer three arrays of (H): the inputs of query, key and value, of attention.output.dense, and of
     *     intermediate.dense
     */
    List<float[]> activationMaxima(int[] inputIds) {
        PLAIN_EXECUTOR.get();
        long[] ids = Arrays.stream(inputIds).asLongStream().toArray();
        try (NDManager request = manager.newSubManager()) {
            NDArray row = request.create(ids, new Shape(1, ids.length));
            return module.callForList("activation_maxima", false, row).stream().map(NDArray::toFloatArray).toList();
        }
    }

    /**
     * Integrated gradients of one logit by the word embeddings (Sundararajan et al. 2017): what each token contributes
     * to the difference between the text's logit and that of a text of [PAD] alone. Weights that were reduced are
     * widened to fp32 for it, since the kernels that serve have no gradient; that takes their fp32 size in memory.
     *
     * @param inputIds one row, [CLS] first and [SEP] last, (T)
     * @param output which logit, from 0 to C − 1
     * @param steps points on the path, at least 1; more lower the error
     */
    public Attribution integratedGradients(int[] inputIds, int output, int steps) {
        PLAIN_EXECUTOR.get();
        int tokens = inputIds.length;
        long[] ids = Arrays.stream(inputIds).asLongStream().toArray();
        long[] moved = new long[tokens];
        Arrays.fill(moved, 1, tokens - 1, 1);
        try (NDManager request = manager.newSubManager()) {
            float[] values = module.callTraining(
                            "integrated_gradients",
                            request.create(ids, new Shape(1, tokens)),
                            request.create(moved, new Shape(tokens)),
                            request.create((long) output),
                            request.create((long) steps))
                    .toFloatArray();
            return new Attribution(Arrays.copyOf(values, tokens), values[tokens], values[tokens + 1]);
        }
    }

    /**
     * What the tokens of one row contribute to a logit.
     *
     * @param contributions (T); zero for [CLS] and [SEP]
     * @param logit of the text, by the weights in fp32
     * @param baseline the logit of as many [PAD] tokens
     */
    public record Attribution(float[] contributions, float logit, float baseline) {
        /** How far the contributions' sum is from the difference that they explain, as a share of it; 0 is complete. */
        public double completenessError() {
            double sum = 0;
            for (float contribution : contributions) {
                sum += contribution;
            }
            double difference = (double) logit - baseline;
            return Math.abs(sum - difference) / Math.max(Math.abs(difference), 1e-6);
        }
    }

    private float[] run(Batch batch, String method) {
        PLAIN_EXECUTOR.get();
        try (NDManager request = manager.newSubManager()) {
            Shape shape = new Shape(batch.rows(), batch.columns());
            NDArray ids = request.create(batch.inputIds(), shape);
            // Without padding there is nothing to mask, and attention is faster.
            NDArray found = batch.isPadded()
                    ? module.call(method, ids, request.create(batch.attentionMask(), shape))
                    : module.call(method, ids);
            return found.toFloatArray();
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
