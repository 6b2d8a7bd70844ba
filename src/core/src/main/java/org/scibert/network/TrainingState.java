package org.scibert.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.scibert.io.Text;
import org.scibert.weights.ElementType;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/**
 * The arrays that updates write to, by name: the weights under {@link WeightNames}, then
 * {@value #FIRST_MOMENT}NAME and {@value #SECOND_MOMENT}NAME of each weight that learns, and {@value #STEP}. The
 * manager owns the arrays.
 */
final class TrainingState {
    /** AdamW's running mean of the gradients, by PyTorch's name. */
    static final String FIRST_MOMENT = "adamw.exp_avg.";
    /** AdamW's running mean of the squared gradients. */
    static final String SECOND_MOMENT = "adamw.exp_avg_sq.";
    /** The number of updates made, a scalar. */
    static final String STEP = "adamw.step";

    private final List<String> weights;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();

    private TrainingState(List<String> weights) {
        this.weights = weights;
    }

    /**
     * Copies all weights and makes zero moments for those that learn.
     *
     * @param learning names of the weights that learn
     */
    static TrainingState of(
            NDManager manager, NetworkConfig config, List<String> learning, Map<String, Tensor> initial)
            throws WeightsException {
        TrainingState state = new TrainingState(WeightNames.names(config.encoder(), config.outputs()));
        BoundWeights.of(manager, config, Precision.FP32, initial).forEach((name, shared) -> {
            try (shared) {
                state.arrays.put(name, shared.duplicate());
            }
        });
        learning.forEach(name -> state.arrays.get(name).setRequiresGradient(true));
        for (String moment : List.of(FIRST_MOMENT, SECOND_MOMENT)) {
            for (String name : learning) {
                state.arrays.put(moment + name, manager.zeros(state.arrays.get(name).getShape()));
            }
        }
        state.arrays.put(STEP, manager.zeros(new Shape()));
        return state;
    }

    /** Gives the arrays to the module, which writes to them from then on. */
    void bindTo(NetworkModule module, List<String> learning) {
        Map<String, NDArray> bound = new LinkedHashMap<>();
        weights.forEach(name -> bound.put(name, arrays.get(name)));
        module.bind(bound);
        module.bindOptimizer(
                named("", learning), named(FIRST_MOMENT, learning), named(SECOND_MOMENT, learning), arrays.get(STEP));
    }

    private List<NDArray> named(String prefix, List<String> names) {
        return names.stream().map(name -> arrays.get(prefix + name)).toList();
    }

    /** A copy of the weights alone. */
    List<Tensor> weights() {
        return weights.stream().map(this::copy).toList();
    }

    /** A copy of everything. */
    Map<String, Tensor> copy() {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        arrays.keySet().forEach(name -> copies.put(name, copy(name)));
        return copies;
    }

    private Tensor copy(String name) {
        NDArray array = arrays.get(name);
        return Tensor.of(name, array.getShape().getShape(), array.toFloatArray());
    }

    /**
     * Restores a state that {@link #copy()} returned, all or nothing.
     *
     * @throws WeightsException if a tensor is missing, too many, of another type or another shape
     */
    void restore(NDManager manager, NetworkModule module, Map<String, Tensor> values) throws WeightsException {
        check(values);
        arrays.forEach((name, array) -> {
            try (NDManager copying = manager.newSubManager()) {
                Tensor value = values.get(name);
                module.callTraining(
                        "assign", copying.create(value.data(), new Shape(value.shape()), DataType.FLOAT32), array);
            }
        });
    }

    private void check(Map<String, Tensor> values) throws WeightsException {
        Set<String> missing = new TreeSet<>(arrays.keySet());
        missing.removeAll(values.keySet());
        Set<String> superfluous = new TreeSet<>(values.keySet());
        superfluous.removeAll(arrays.keySet());
        if (!missing.isEmpty() || !superfluous.isEmpty()) {
            throw new WeightsException(Text.format(
                    "the training state is of another network or another optimizer: it lacks %s and has"
                    + " %s besides",
                    missing, superfluous));
        }
        for (Map.Entry<String, NDArray> array : arrays.entrySet()) {
            Tensor value = values.get(array.getKey());
            long[] shape = array.getValue().getShape().getShape();
            if (value.type() != ElementType.F32 || !Arrays.equals(value.shape(), shape)) {
                throw new WeightsException(Text.format(
                        "%s of the training state should be F32 of shape %s, is %s of shape %s",
                        array.getKey(), Arrays.toString(shape), value.type(), Arrays.toString(value.shape())));
            }
        }
    }
}
