package org.scibert.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scibert.weights.ElementType;
import org.scibert.weights.Tensor;

/**
 * Reduces the weights of the linear layers and of the word embedding to fewer bits; the others are few and stay fp32.
 */
public final class ReducedWeights {
    /** The largest magnitude of an 8-bit weight. */
    private static final int LARGEST = 127;

    private static final String WEIGHT = ".weight";
    private static final String WORD_EMBEDDING = "bert.embeddings.word_embeddings.weight";

    private ReducedWeights() {}

    /**
     * The name of the scales of an 8-bit weight, (rows): "scale" for the word embedding and, in releases before 0.2,
     * for linear layers that share one scale of activations in a batch; "weight_scale" for those with one a token.
     *
     * @param names of all weights
     */
    static String scale(Set<String> names, String weight) {
        String shared = suffix(weight, ".scale");
        return !isLinear(weight) || names.contains(shared) ? shared : suffix(weight, ".weight_scale");
    }

    /** Whether linear layers share one scale of activations in a batch, so that a row depends on its neighbours. */
    static boolean shareScales(Set<String> names) {
        return names.stream().anyMatch(name -> isLinear(name) && names.contains(suffix(name, ".scale")));
    }

    /** Whether a weight is reduced. */
    static boolean isReduced(String name) {
        return name.equals(WORD_EMBEDDING) || isLinear(name);
    }

    /** Whether it is the weight of a linear layer of the encoder. */
    static boolean isLinear(String name) {
        return name.startsWith("bert.encoder.") && WeightNames.decays(name);
    }

    /**
     * Reduces weights.
     *
     * @param full all weights, F32
     * @return the weights in {@code precision}, in the same order, each 8-bit weight followed by its scales
     */
    public static List<Tensor> of(Precision precision, Map<String, Tensor> full) {
        return of(precision, full, Set.of());
    }

    /**
     * Reduces weights and leaves some linear layers in 16 bits.
     *
     * @param full all weights, F32; others, such as a LayerNorm's smoothing, stay as they are
     * @param half linear layers that int8 leaves in 16 bits, by names such as
     *     {@code bert.encoder.layer.0.output.dense}
     */
    public static List<Tensor> of(Precision precision, Map<String, Tensor> full, Set<String> half) {
        List<Tensor> reduced = new ArrayList<>();
        for (Tensor weight : full.values()) {
            if (precision == Precision.FP32 || !isReduced(weight.name())) {
                reduced.add(weight);
            } else if (precision != Precision.INT8 || half.contains(suffix(weight.name(), ""))) {
                reduced.add(half(weight));
            } else {
                quantize(weight, reduced);
            }
        }
        return reduced;
    }

    private static String suffix(String weight, String suffix) {
        return weight.substring(0, weight.length() - WEIGHT.length()) + suffix;
    }

    private static Tensor half(Tensor weight) {
        try (NDManager manager = NetworkModule.newManager(Device.cpu())) {
            NDArray array = manager.create(weight.floats(), new Shape(weight.shape()));
            ByteBuffer bytes = array.toType(DataType.FLOAT16, false).toByteBuffer();
            return new Tensor(weight.name(), ElementType.F16, weight.shape(), copy(bytes));
        }
    }

    /** Symmetric quantization with a scale for each row: w ≈ scale · q. */
    private static void quantize(Tensor weight, List<Tensor> target) {
        float[] w = weight.floats(); // (rows, columns)
        int rows = (int) weight.shape()[0];
        int columns = w.length / rows;
        ByteBuffer q = ByteBuffer.allocateDirect(w.length);
        float[] scales = new float[rows];
        for (int r = 0; r < rows; r++) {
            float max = 0;
            for (int c = 0; c < columns; c++) {
                max = Math.max(max, Math.abs(w[r * columns + c]));
            }
            // Any scale fits a row of zeros.
            scales[r] = max == 0 ? 1 : max / LARGEST;
            for (int c = 0; c < columns; c++) {
                q.put((byte) Math.round(w[r * columns + c] / scales[r]));
            }
        }
        target.add(new Tensor(weight.name(), ElementType.I8, weight.shape(), q.flip()));
        target.add(Tensor.of(scale(Set.of(), weight.name()), new long[] {rows}, scales));
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        ByteBuffer own = ByteBuffer.allocateDirect(bytes.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        return own.put(bytes).flip();
    }
}
