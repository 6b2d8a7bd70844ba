package org.scibert.training.encoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.scibert.io.Text;
import org.scibert.weights.ElementType;
import org.scibert.weights.Half;
import org.scibert.weights.Tensor;

/** Converts tensors of floats to 32 bits: fp16 and bf16 exactly, doubles rounded to the nearest float. */
final class Float32 {
    private Float32() {}

    /**
     * Converts a tensor.
     *
     * @return the tensor itself if it is {@link ElementType#F32}, otherwise a copy
     * @throws IllegalArgumentException if it holds whole numbers
     */
    static Tensor of(Tensor tensor) {
        if (tensor.type() == ElementType.F32) {
            return tensor;
        }
        ByteBuffer from = tensor.data();
        int elements = from.remaining() / tensor.type().bytes();
        ByteBuffer to = ByteBuffer.allocateDirect(Math.multiplyExact(elements, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < elements; i++) {
            to.putFloat(switch (tensor.type()) {
                case F64 -> (float) from.getDouble();
                case F16 -> Half.toFloat(from.getShort());
                case BF16 -> Float.intBitsToFloat(from.getShort() << 16);
                default -> throw new IllegalArgumentException(
                        Text.format("tensor %s holds %s, not floats", tensor.name(), tensor.type()));
            });
        }
        return new Tensor(tensor.name(), ElementType.F32, tensor.shape(), to.flip());
    }
}
