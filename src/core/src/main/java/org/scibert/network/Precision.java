package org.scibert.network;

import org.scibert.io.Text;
import org.scibert.runtime.Processor;
import org.scibert.weights.ElementType;

/**
 * The precision of the linear layers and of the word embedding in serving. On a processor that has its kernels, each is
 * faster than the one before at every length of text, and none is larger.
 */
public enum Precision {
    /** 32-bit floats, multiplied by oneDNN. */
    FP32("fp32", ElementType.F32),
    /** 16-bit floats, multiplied in 32 bits by FBGEMM: half the size of fp32. */
    FP16("fp16", ElementType.F16),
    /**
     * bfloat16, weights and activations, multiplied by oneDNN; residuals, LayerNorms and the head are fp32. The weights
     * are stored as those of fp16, which has three bits of mantissa more.
     */
    BF16("bf16", ElementType.F16),
    /**
     * 8-bit integers, multiplied by oneDNN and FBGEMM: a quarter of the size. Each row of weights has a scale, and each
     * token's activations have one, found as they come, so that an answer depends on no other text of its batch. Layers
     * that lose too much are left in 16 bits.
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

    /** Whether a processor has this precision's kernels, by which it is faster than the precisions before it. */
    public boolean isFastOn(Processor processor) {
        return switch (this) {
            case FP32 -> true;
            case FP16 -> processor.isX86();
            case BF16 -> processor.hasBf16();
            case INT8 -> processor.hasVnni();
        };
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
        throw new IllegalArgumentException(
                Text.format("no precision is named \"%s\"; use fp32, fp16, bf16 or int8", title));
    }
}
