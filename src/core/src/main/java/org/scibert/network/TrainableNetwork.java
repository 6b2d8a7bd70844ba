package org.scibert.network;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.scibert.text.Batch;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/**
 * A network that is trained: its own copy of the weights and AdamW's moments.
 *
 * <p>Not thread-safe. The weights stay on the device; {@link #weights()} copies them out.
 */
public final class TrainableNetwork implements AutoCloseable {
    private final NetworkConfig config;
    private final PtNDManager manager;
    private final NetworkModule module;
    private final TrainingState state;

    private TrainableNetwork(
            NetworkConfig config, PtNDManager manager, NetworkModule module, TrainingState state) {
        this.config = config;
        this.manager = manager;
        this.module = module;
        this.state = state;
    }

    /**
     * Opens a network for training.
     *
     * @param initial the encoder's and the head's weights, F32; copied
     * @param seed seed of dropout, as {@link #seed}
     */
    public static TrainableNetwork open(
            NetworkConfig config, OptimizerConfig optimizer, Map<String, Tensor> initial, Device device, long seed)
            throws WeightsException {
        PtNDManager manager = NetworkModule.newManager(device);
        try {
            NetworkModule module = NetworkModule.forTraining(manager, config, optimizer);
            List<String> learning = ParameterGroups.of(config, optimizer).names();
            TrainingState state = TrainingState.of(manager, config, learning, initial);
            state.bindTo(module, learning);
            TrainableNetwork network = new TrainableNetwork(config, manager, module, state);
            network.seed(seed);
            // libtorch rounds otherwise once it has profiled and rewritten a graph: a run that goes on from a
            // checkpoint, or follows another in this thread, would differ in the last bits. On a GPU the rewritten
            // graph is faster.
            JniUtils.setGraphExecutorOptimize(device.isGpu());
            return network;
        } catch (RuntimeException | WeightsException e) {
            manager.close();
            throw e;
        }
    }

    public NetworkConfig config() {
        return config;
    }

    /**
     * Seeds dropout's random numbers. libtorch has one generator for the whole process: of two networks that train in
     * turns, each must seed before each {@link #backward} to be reproducible.
     */
    public void seed(long seed) {
        JniUtils.setSeed(seed);
    }

    /**
     * Runs forward with dropout and backward, and adds the gradients to those since the last {@link #update}.
     *
     * @param targets {@link Targets} of the batch's rows
     * @param labelWeights (C): pos_weight of each logit, or the classes' weights
     * @param share of the loss in the step, in (0, 1]: 1, or rows / rows of the step when a step takes several batches
     * @return the batch's mean loss
     * @throws OutOfDeviceMemoryException if the batch is too large; the step's gradients are dropped
     */
    public float backward(Batch batch, Targets targets, float[] labelWeights, double share) {
        return backward("backward", batch, step -> List.of(), targets, labelWeights, share);
    }

    /**
     * The same for rows that are read in windows: the loss is that of the mean of a row's windows' logits for
     * multi-class, else of the largest.
     *
     * @param windows those of the first row, then those of the second, and so on
     * @param counts windows of each row, (B), at least 1 each
     * @param targets of the rows, (B) or (B, C)
     */
    public float backward(Batch windows, int[] counts, Targets targets, float[] labelWeights, double share) {
        float[] of = new float[counts.length * windows.rows()]; // (B, W)
        int next = 0;
        for (int b = 0; b < counts.length; b++) {
            Arrays.fill(of, b * windows.rows() + next, b * windows.rows() + next + counts[b], 1);
            next += counts[b];
        }
        return backward(
                "backward_windows", windows, step -> List.of(step.create(of, new Shape(counts.length, windows.rows()))),
                targets, labelWeights, share);
    }

    /** @param others what the method takes between the batch and the targets */
    private float backward(
            String method, Batch batch, Function<NDManager, List<NDArray>> others, Targets targets,
            float[] labelWeights, double share) {
        try (NDManager step = manager.newSubManager()) {
            Shape shape = new Shape(batch.rows(), batch.columns());
            List<NDArray> arguments = new ArrayList<>(List.of(
                    step.create(batch.inputIds(), shape), step.create(batch.attentionMask(), shape)));
            arguments.addAll(others.apply(step));
            arguments.addAll(List.of(targets.array(step), step.create(labelWeights), step.create((float) share)));
            return module.callTraining(method, arguments.toArray(NDArray[]::new)).getFloat();
        } catch (EngineException e) {
            throw dropped(e);
        }
    }

    /**
     * Clips the gradients since the last update and takes AdamW's step.
     *
     * @return the gradients' global norm before clipping
     * @throws OutOfDeviceMemoryException before any weight has moved; the step's gradients are dropped
     */
    public float update(double learningRate) {
        try (NDManager step = manager.newSubManager()) {
            return module.callTraining("update", step.create((float) learningRate)).getFloat();
        } catch (EngineException e) {
            throw dropped(e);
        }
    }

    /** Drops the gradients since the last update, so that the step begins anew. */
    public void discardGradients() {
        try (NDManager step = manager.newSubManager()) {
            module.callTraining("discard_gradients", step.create(0f));
        }
    }

    private RuntimeException dropped(EngineException e) {
        discardGradients();
        return OutOfDeviceMemoryException.typed(e);
    }

    /**
     * A copy of the gradients since the last update, of the weights that learn, in the order of {@link WeightNames}.
     */
    List<float[]> gradients() {
        try (NDManager step = manager.newSubManager()) {
            return module.callForList("gradients", true, step.create(0f)).stream()
                    .map(NDArray::toFloatArray)
                    .toList();
        }
    }

    /** The logits of each row without dropout, (B, C) row-major. */
    public float[] logits(Batch batch) {
        return run(batch, "forward");
    }

    /** The vector of [CLS] and the mean of the tokens' vectors without padding, of each row, (B, 2, H) row-major. */
    public float[] pooled(Batch batch) {
        return run(batch, "pooled");
    }

    private float[] run(Batch batch, String method) {
        try (NDManager request = manager.newSubManager()) {
            Shape shape = new Shape(batch.rows(), batch.columns());
            return module.call(
                            method,
                            request.create(batch.inputIds(), shape),
                            request.create(batch.attentionMask(), shape))
                    .toFloatArray();
        }
    }

    /** A copy of the weights as they stand, in the order of {@link WeightNames}. */
    public List<Tensor> weights() {
        return state.weights();
    }

    /**
     * A copy of all that updates change: the weights by {@link WeightNames}, {@code adamw.exp_avg.NAME} and
     * {@code adamw.exp_avg_sq.NAME} of those that learn (first and second moments), and {@code adamw.step}. Gradients
     * are not part of it, so call this between steps; nor are dropout's random numbers: see {@link #seed}.
     */
    public Map<String, Tensor> state() {
        return state.copy();
    }

    /**
     * Restores a {@link #state()} of a network like this one; gradients are dropped.
     *
     * @throws WeightsException if a tensor is missing, too many or misshapen; nothing has changed then
     */
    public void restore(Map<String, Tensor> state) throws WeightsException {
        this.state.restore(manager, module, state);
        discardGradients();
    }

    /** The number of native arrays that this network holds; constant over steps. */
    int managedArrays() {
        return manager.getManagedArrays().size();
    }

    @Override
    public void close() {
        manager.close();
    }
}
