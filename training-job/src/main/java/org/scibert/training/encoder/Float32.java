package org.scibert.training.encoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.scibert.io.Text;
import org.scibert.weights.ElementType;
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
                case F16 -> ofHalf(from.getShort());
                case BF16 -> Float.intBitsToFloat(from.getShort() << 16);
                default -> throw new IllegalArgumentException(
                        Text.format("tensor %s holds %s, not floats", tensor.name(), tensor.type()));
            });
        }
        return new Tensor(tensor.name(), ElementType.F32, tensor.shape(), to.flip());
    }

    /** IEEE 754 binary16 to a float, as Float.float16ToFloat of Java 20 does. */
    static float ofHalf(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >> 10) & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) {
            // Subnormal: fraction × 2⁻²⁴, exact in 32 bits.
            return (half < 0 ? -0x1p-24f : 0x1p-24f) * fraction;
        }
        int wide = exponent == 0x1f ? 0xff : exponent + 127 - 15;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }
}
