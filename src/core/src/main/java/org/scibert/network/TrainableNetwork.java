package org.scibert.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.scibert.text.Batch;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/**
 * A network that learns: its own copy of the weights, AdamW's moments, and one call a step.
 *
 * <p>Not for several threads. The weights stay on the device; {@link #weights()} copies them out.
 */
public final class TrainableNetwork implements AutoCloseable {
    private final NetworkConfig config;
    private final PtNDManager manager;
    private final NetworkModule module;
    private final List<NDArray> weights;

    private TrainableNetwork(
            NetworkConfig config, PtNDManager manager, NetworkModule module, List<NDArray> weights) {
        this.config = config;
        this.manager = manager;
        this.module = module;
        this.weights = weights;
    }

    /**
     * @param initial the encoder's and the head's weights, F32; copied
     * @param seed of dropout, which is libtorch's own generator and one for the whole process
     */
    public static TrainableNetwork open(
            NetworkConfig config, OptimizerConfig optimizer, Map<String, Tensor> initial, Device device, int seed)
            throws WeightsException {
        PtNDManager manager = NetworkModule.newManager(device);
        manager.getEngine().setRandomSeed(seed);
        try {
            NetworkModule module = NetworkModule.compile(manager, config, Precision.FP32, optimizer);
            List<NDArray> weights = new ArrayList<>();
            List<NDArray> firstMoments = new ArrayList<>();
            List<NDArray> secondMoments = new ArrayList<>();
            List<NDArray> steps = new ArrayList<>();
            for (NDArray shared : BoundWeights.full(manager, config, initial)) {
                NDArray own = shared.duplicate();
                shared.close();
                firstMoments.add(manager.zeros(own.getShape()));
                secondMoments.add(manager.zeros(own.getShape()));
                steps.add(manager.zeros(new Shape()));
                own.setRequiresGradient(true);
                weights.add(own);
            }
            module.bind("bind", List.of(weights));
            module.bind("bind_optimizer", List.of(firstMoments, secondMoments, steps));
            return new TrainableNetwork(config, manager, module, weights);
        } catch (RuntimeException | WeightsException e) {
            manager.close();
            throw e;
        }
    }

    public NetworkConfig config() {
        return config;
    }

    /**
     * Forward with dropout, loss, gradients; they add to those taken since the last {@link #update}.
     *
     * @param targets {@link Targets} of the batch's rows
     * @param labelWeights (C): pos_weight of each logit, or the classes' weights
     * @param share of the loss in the step, in (0, 1]: 1, or rows / rows of the step when a step takes several batches
     * @return the batch's mean loss
     */
    public float backward(Batch batch, Targets targets, float[] labelWeights, double share) {
        try (NDManager step = manager.newSubManager()) {
            Shape shape = new Shape(batch.rows(), batch.columns());
            return module.callTraining(
                            "backward",
                            step.create(batch.inputIds(), shape),
                            step.create(batch.attentionMask(), shape),
                            targets.array(step),
                            step.create(labelWeights),
                            step.create((float) share))
                    .getFloat();
        }
    }

    /**
     * Clips the gradients taken since the last update and moves the weights by AdamW.
     *
     * @return the gradients' global norm before clipping
     */
    public float update(double learningRate) {
        try (NDManager step = manager.newSubManager()) {
            return module.callTraining("update", step.create((float) learningRate)).getFloat();
        }
    }

    /** A copy of the gradients since the last update, in the order of {@link WeightNames}. */
    List<float[]> gradients() {
        try (NDManager step = manager.newSubManager()) {
            return module.callForList("gradients", true, step.create(0f)).stream()
                    .map(NDArray::toFloatArray)
                    .toList();
        }
    }

    /** The logits of each row without dropout, (B, C) row-major. */
    public float[] logits(Batch batch) {
        try (NDManager request = manager.newSubManager()) {
            Shape shape = new Shape(batch.rows(), batch.columns());
            return module.call(
                            "forward",
                            request.create(batch.inputIds(), shape),
                            request.create(batch.attentionMask(), shape))
                    .toFloatArray();
        }
    }

    /** A copy of the weights as they stand, in the order of {@link WeightNames}. */
    public List<Tensor> weights() {
        List<Tensor> copies = new ArrayList<>();
        Iterator<NDArray> arrays = weights.iterator();
        WeightNames.ofClassifier(config.encoder(), config.outputs())
                .forEach((name, shape) -> copies.add(Tensor.of(name, shape, arrays.next().toFloatArray())));
        return copies;
    }

    /** Native arrays that this network holds; flat over steps. */
    int managedArrays() {
        return manager.getManagedArrays().size();
    }

    @Override
    public void close() {
        manager.close();
    }
}
