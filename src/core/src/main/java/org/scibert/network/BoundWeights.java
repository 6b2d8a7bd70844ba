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

/** Checks tensors against the network's geometry and makes libtorch arrays of them, which share the tensors' memory. */
final class BoundWeights {
    private BoundWeights() {}

    /**
     * All weights by their {@link WeightNames}, those that {@link ReducedWeights} reduces in {@code precision}, and
     * what stands beside them: scales of 8-bit weights, and LayerNorms' smoothing.
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
            ElementType type = type(precision, weights, name);
            arrays.put(name, array(manager, weights, name, type, shape));
            if (type == ElementType.I8) {
                String scale = ReducedWeights.scale(weights.keySet(), name);
                arrays.put(scale, array(manager, weights, scale, ElementType.F32, shape[0]));
            }
            String smoothing = SmoothQuant.smoothing(name);
            if (name.endsWith("LayerNorm.weight") && weights.containsKey(smoothing)) {
                arrays.put(smoothing, array(manager, weights, smoothing, ElementType.F32, shape));
            }
        }
        requireOneType(config, weights);
        return arrays;
    }

    /** Query, key and value are multiplied in one product. */
    private static void requireOneType(NetworkConfig config, Map<String, Tensor> weights) throws WeightsException {
        for (Set<String> group : Int8Sensitivity.groups(config.encoder())) {
            List<ElementType> types =
                    group.stream().map(name -> weights.get(name + ".weight").type()).distinct().toList();
            if (types.size() > 1) {
                throw new WeightsException(Text.format(
                        "%s should be of one type, are of %s", new TreeSet<>(group), types));
            }
        }
    }

    /** The type that a weight has in a precision; beside 8 bits, linear layers may have been left in 16. */
    private static ElementType type(Precision precision, Map<String, Tensor> weights, String name) {
        if (!ReducedWeights.isReduced(name)) {
            return ElementType.F32;
        }
        Tensor weight = weights.get(name);
        boolean left = precision == Precision.INT8 && ReducedWeights.isLinear(name)
                && weight != null && weight.type() == ElementType.F16;
        return left ? ElementType.F16 : precision.type();
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
