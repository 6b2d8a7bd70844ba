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
import org.scibert.weights.ElementType;
import org.scibert.weights.Tensor;

/** Reduces the weights of the linear layers and of the word embedding to fewer bits; the others are few and stay fp32. */
public final class ReducedWeights {
    /**
     * The largest magnitude of an 8-bit weight. On processors without VNNI, FBGEMM adds pairs of 8-bit products in 16
     * bits: the sums can't overflow if weights stay within 63. PyTorch's remedy, 7-bit activations, costs more accuracy.
     */
    private static final int LARGEST = 63;
    /** The largest magnitude of an 8-bit word embedding, which is looked up, not multiplied, and can use all 8 bits. */
    private static final int LARGEST_LOOKED_UP = 127;

    private static final String WORD_EMBEDDING = "bert.embeddings.word_embeddings.weight";

    private ReducedWeights() {}

    /** The name of the scales of an 8-bit weight, (rows). */
    static String scale(String weight) {
        return weight.substring(0, weight.length() - ".weight".length()) + ".scale";
    }

    /** Whether a weight is reduced. */
    static boolean isReduced(String name) {
        return name.equals(WORD_EMBEDDING) || name.startsWith("bert.encoder.") && WeightNames.decays(name);
    }

    /**
     * Reduces weights.
     *
     * @param full all weights, F32
     * @return the weights in {@code precision}, in the same order, each 8-bit weight followed by its scales
     */
    public static List<Tensor> of(Precision precision, Map<String, Tensor> full) {
        List<Tensor> reduced = new ArrayList<>();
        for (Tensor weight : full.values()) {
            if (precision == Precision.FP32 || !isReduced(weight.name())) {
                reduced.add(weight);
            } else if (precision == Precision.FP16) {
                reduced.add(half(weight));
            } else {
                quantize(weight, reduced);
            }
        }
        return reduced;
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
        int largest = weight.name().equals(WORD_EMBEDDING) ? LARGEST_LOOKED_UP : LARGEST;
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
            scales[r] = max == 0 ? 1 : max / largest;
            for (int c = 0; c < columns; c++) {
                q.put((byte) Math.round(w[r * columns + c] / scales[r]));
            }
        }
        target.add(new Tensor(weight.name(), ElementType.I8, weight.shape(), q.flip()));
        target.add(Tensor.of(scale(weight.name()), new long[] {rows}, scales));
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        ByteBuffer own = ByteBuffer.allocateDirect(bytes.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        return own.put(bytes).flip();
    }
}
