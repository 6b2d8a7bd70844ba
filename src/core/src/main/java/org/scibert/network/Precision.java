package org.scibert.network;

import org.scibert.io.Text;
import org.scibert.weights.ElementType;

/**
 * The precision of the linear layers' weights and of the word embedding in serving. Each is smaller than the one before
 * and faster at every length of text.
 */
public enum Precision {
    /** 32-bit floats, multiplied by oneDNN. */
    FP32("fp32", ElementType.F32),
    /** 16-bit floats, multiplied in 32 bits by FBGEMM: half the size of fp32. */
    FP16("fp16", ElementType.F16),
    /**
     * 8-bit integers with a scale for each row, multiplied by FBGEMM: a quarter of the size. Activations are quantized
     * dynamically with one scale for a whole batch, so a text's logits depend a little on the batch that it is in.
     */
    INT8("int8", ElementType.I8);

    private final String title;
    private final ElementType type;

    Precision(String title, ElementType type) {
        this.title = title;
        this.type = type;
    }

    /** The name in files and settings. */
    public String title() {
        return title;
    }

    /** The element type of the reduced weights; all others stay {@link ElementType#F32}. */
    public ElementType type() {
        return type;
    }

    /**
     * Whether a processor has the kernels that were measured: FBGEMM's kernels of 8 and 16 bits exist for x86-64 only.
     *
     * @param architecture as the system property {@code os.arch} names it
     */
    public boolean runsOn(String architecture) {
        return this == FP32 || architecture.equals("amd64") || architecture.equals("x86_64");
    }

    /**
     * The precision of this name.
     *
     * @throws IllegalArgumentException if there is no such precision
     */
    public static Precision ofTitle(String title) {
        for (Precision p : values()) {
            if (p.title.equals(title)) {
                return p;
            }
        }
        throw new IllegalArgumentException(Text.format("no precision is named \"%s\"; use fp32, fp16 or int8", title));
    }
}
