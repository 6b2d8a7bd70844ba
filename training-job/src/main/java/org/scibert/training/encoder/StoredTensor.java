package org.scibert.training.encoder;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.scibert.io.Text;
import org.scibert.weights.ElementType;
import org.scibert.weights.Tensor;

/**
 * A tensor in a file of torch.save: a view of a storage, which several tensors may share.
 *
 * @param storage the bytes that hold it
 * @param offset of its first element, in elements
 * @param shape the dimensions
 * @param strides elements from one index to the next, per dimension
 */
record StoredTensor(Storage storage, long offset, long[] shape, long[] strides) {

    /**
     * The bytes that tensors are views of, as a pickle refers to them.
     *
     * @param name the entry {@code data/NAME} of the zip layout; the name in the legacy layout's list
     * @param type of its elements
     * @param elements how many it holds
     */
    record Storage(String name, ElementType type, long elements) {
        Storage {
            // Names become parts of zip entries' names; torch writes numbers.
            if (!name.matches("[0-9]+")) {
                throw new IllegalArgumentException(Text.format("storage \"%s\" is not named by a number", name));
            }
            if (elements < 0 || elements > Integer.MAX_VALUE / type.bytes()) {
                throw new IllegalArgumentException(Text.format(
                        "storage %s holds %s elements of %s; at most 2 GB can be read",
                        name, elements, type));
            }
        }

        /** The size in bytes. */
        int bytes() {
            return (int) elements * type.bytes();
        }
    }

    /** @throws IllegalArgumentException if the view leaves its storage, or has more elements than it */
    StoredTensor {
        long elements = Tensor.elements(shape);
        long last = offset;
        boolean backwards = offset < 0 || shape.length != strides.length;
        for (int i = 0; i < Math.min(shape.length, strides.length); i++) {
            backwards |= strides[i] < 0;
            last = Math.addExact(last, Math.multiplyExact(Math.max(shape[i] - 1, 0), strides[i]));
        }
        if (backwards || elements > 0 && (elements > storage.elements() || last >= storage.elements())) {
            throw new IllegalArgumentException(Text.format(
                    "shape %s with strides %s and offset %s is no view of %s elements",
                    Arrays.toString(shape), Arrays.toString(strides), offset, storage.elements()));
        }
    }

    /** @param data the storage's bytes; a contiguous tensor shares them, any other is gathered into a copy */
    Tensor read(String name, ByteBuffer data) {
        int elementBytes = storage.type().bytes();
        int bytes = (int) Tensor.elements(shape) * elementBytes;
        if (contiguous()) {
            return new Tensor(name, storage.type(), shape, data.slice((int) offset * elementBytes, bytes));
        }
        ByteBuffer copy = ByteBuffer.allocateDirect(bytes);
        gather(data, offset, 0, copy);
        return new Tensor(name, storage.type(), shape, copy.flip());
    }

    private boolean contiguous() {
        long expected = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            if (shape[i] != 1 && strides[i] != expected) {
                return false;
            }
            expected *= shape[i];
        }
        return true;
    }

    private void gather(ByteBuffer from, long element, int dimension, ByteBuffer to) {
        if (dimension == shape.length) {
            int bytes = storage.type().bytes();
            to.put(from.slice((int) element * bytes, bytes));
            return;
        }
        for (long i = 0; i < shape[dimension]; i++) {
            gather(from, element + i * strides[dimension], dimension + 1, to);
        }
    }
}
