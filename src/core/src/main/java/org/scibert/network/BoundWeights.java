package org.scibert.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scibert.io.Text;
import org.scibert.weights.ElementType;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/** Checks tensors against the network's geometry and makes libtorch arrays of them, which share the tensors' memory. */
final class BoundWeights {
    private BoundWeights() {}

    /**
     * All weights by their {@link WeightNames}, those that {@link ReducedWeights} reduces in {@code precision}; 8-bit
     * weights with their scales beside them.
     *
     * @throws WeightsException if a weight is missing or has another shape or type
     */
    static Map<String, NDArray> of(
            NDManager manager, NetworkConfig config, Precision precision, Map<String, Tensor> weights)
            throws WeightsException {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        for (var expected : WeightNames.ofClassifier(config.encoder(), config.outputs()).entrySet()) {
            String name = expected.getKey();
            long[] shape = expected.getValue();
            boolean reduced = ReducedWeights.isReduced(name);
            arrays.put(name, array(manager, weights, name, reduced ? precision.type() : ElementType.F32, shape));
            if (reduced && precision == Precision.INT8) {
                String scale = ReducedWeights.scale(name);
                arrays.put(scale, array(manager, weights, scale, ElementType.F32, shape[0]));
            }
        }
        return arrays;
    }

    private static NDArray array(
            NDManager manager, Map<String, Tensor> weights, String name, ElementType type, long... shape)
            throws WeightsException {
        Tensor t = weights.get(name);
        if (t == null) {
            throw new WeightsException("the weights lack " + name);
        }
        if (t.type() != type || !Arrays.equals(t.shape(), shape)) {
            throw new WeightsException(Text.format("%s should be %s of shape %s, is %s of shape %s",
                    name, type, Arrays.toString(shape), t.type(), Arrays.toString(t.shape())));
        }
        return manager.create(t.data(), new Shape(shape), switch (type) {
            case F16 -> DataType.FLOAT16;
            case I8 -> DataType.INT8;
            default -> DataType.FLOAT32;
        });
    }
}
