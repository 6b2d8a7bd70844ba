package org.scibert.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.scibert.io.Text;

/**
 * A named tensor: contiguous, row-major, little endian.
 *
 * @param name as in the file, for example {@code bert.encoder.layer.0.output.dense.weight}
 * @param type the element type
 * @param shape the dimensions; empty for a scalar
 * @param data exactly {@code elements × bytes per element}; never modified through this record
 */
public record Tensor(String name, ElementType type, long[] shape, ByteBuffer data) {

    public Tensor {
        data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
        long wanted = elements(shape) * type.bytes();
        if (data.remaining() != wanted) {
            throw new IllegalArgumentException(Text.format(
                    "tensor %s of shape %s in %s needs %d bytes, got %d",
                    name, Arrays.toString(shape), type, wanted, data.remaining()));
        }
    }

    /** A tensor of 32-bit floats; the values are copied. */
    public static Tensor of(String name, long[] shape, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new Tensor(name, ElementType.F32, shape.clone(), bytes);
    }

    /** The same data under another name. */
    public Tensor named(String newName) {
        return new Tensor(newName, type, shape, data);
    }

    /** A view of the data at position 0; the bytes are shared, position and limit are the caller's. */
    @Override
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A copy of the values; only for {@link ElementType#F32}. */
    public float[] floats() {
        if (type != ElementType.F32) {
            throw new IllegalStateException(Text.format("tensor %s holds %s, not F32", name, type));
        }
        float[] values = new float[data.remaining() / Float.BYTES];
        data().asFloatBuffer().get(values);
        return values;
    }

    /** The product of the dimensions; 1 for a scalar. Overflow is an error. */
    public static long elements(long[] shape) {
        long n = 1;
        for (long d : shape) {
            if (d < 0) {
                throw new IllegalArgumentException("negative dimension in shape " + Arrays.toString(shape));
            }
            n = Math.multiplyExact(n, d);
        }
        return n;
    }
}
