package org.scibert.weights;

import java.util.Arrays;
import org.scibert.io.Text;

/** The element types of safetensors files that this project reads, by their names in the format. */
public enum ElementType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes that one element takes. */
    public int bytes() {
        return bytes;
    }

    /** @throws IllegalArgumentException if this project does not read elements of this name */
    static ElementType ofName(String name) {
        for (ElementType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                Text.format("its element type %s can't be read; save it as one of %s",
                        name, Arrays.toString(values())));
    }
}
