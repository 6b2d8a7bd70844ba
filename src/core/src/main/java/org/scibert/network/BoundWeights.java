package org.scibert.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.scibert.weights.ElementType;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/** From tensors by name to the lists that the TorchScript text takes; arrays share the tensors' memory. */
final class BoundWeights {
    private BoundWeights() {}

    /** All weights in F32, in the order of {@link WeightNames}. */
    static List<NDArray> full(NDManager manager, NetworkConfig config, Map<String, Tensor> weights)
            throws WeightsException {
        return of(manager, config, Precision.FP32, weights);
    }

    /** All weights, reduced where {@link ReducedWeights} reduces them, in the order of {@link WeightNames}. */
    static List<NDArray> of(
            NDManager manager, NetworkConfig config, Precision precision, Map<String, Tensor> weights)
            throws WeightsException {
        List<NDArray> arrays = new ArrayList<>();
        for (var expected : shapes(config).entrySet()) {
            String name = expected.getKey();
            ElementType type = ReducedWeights.isReduced(name) ? precision.type() : ElementType.F32;
            arrays.add(array(manager, weights, name, type, expected.getValue()));
        }
        return arrays;
    }

    /** The scales of 8-bit weights, in the order of {@link WeightNames}; an array of nothing for the others. */
    static List<NDArray> scales(NDManager manager, NetworkConfig config, Map<String, Tensor> weights)
            throws WeightsException {
        List<NDArray> arrays = new ArrayList<>();
        for (var weight : shapes(config).entrySet()) {
            long[] rows = {weight.getValue()[0]};
            arrays.add(ReducedWeights.isReduced(weight.getKey())
                    ? array(manager, weights, ReducedWeights.scale(weight.getKey()), ElementType.F32, rows)
                    : manager.create(new Shape(0)));
        }
        return arrays;
    }

    private static Map<String, long[]> shapes(NetworkConfig config) {
        return WeightNames.ofClassifier(config.encoder(), config.outputs());
    }

    private static NDArray array(
            NDManager manager, Map<String, Tensor> weights, String name, ElementType type, long[] shape)
            throws WeightsException {
        Tensor t = weights.get(name);
        if (t == null) {
            throw new WeightsException("the weights lack " + name);
        }
        if (t.type() != type || !Arrays.equals(t.shape(), shape)) {
            throw new WeightsException("%s should be %s of shape %s, is %s of shape %s".formatted(
                    name, type, Arrays.toString(shape), t.type(), Arrays.toString(t.shape())));
        }
        return manager.create(t.data(), new Shape(shape), switch (type) {
            case F16 -> DataType.FLOAT16;
            case I8 -> DataType.INT8;
            default -> DataType.FLOAT32;
        });
    }
}
