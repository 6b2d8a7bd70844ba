package org.scibert.network;

import org.scibert.runtime.Processor;

/**
 * The kernels of linear layers with reduced weights, by the names in bert_classifier.py.
 *
 * @param half for 16-bit weights
 * @param int8 for 8-bit weights and a scale for each token
 */
record Kernels(String half, String int8) {
    /** The kernels of a network without reduced weights, which none of them multiplies. */
    static final Kernels NONE = new Kernels("fp32", "int8_emulated");

    /**
     * The fastest kernels that this processor has for a precision. Where it lacks the precision's instructions, others
     * take their place: their answers differ a little from those that were measured, and only in int8 are they worse.
     */
    static Kernels fastest(Precision precision, Processor processor) {
        String fp16 = processor.isX86() ? "fp16" : "fp32";
        String half = switch (precision) {
            case BF16 -> processor.hasBf16() ? "bf16" : "fp32";
            case INT8 -> processor.hasBf16() ? "bf16" : fp16;
            default -> fp16;
        };
        String other = processor.isX86() ? "int8_halved" : "int8_emulated";
        return new Kernels(half, processor.hasVnni() ? int8(processor) : other);
    }

    /**
     * FBGEMM knows VNNI of AVX-512 only: by its AVX2 kernels, pairs of products of weights that are not halved overflow.
     * And AMX is faster, of which oneDNN alone makes use.
     */
    private static String int8(Processor processor) {
        boolean byBoth = processor.instructions().contains("avx512_vnni")
                && !processor.instructions().contains("amx_int8");
        return byBoth ? "int8" : "int8_onednn";
    }

    /** The kernels that round as the precision does, whatever the processor: the loss that they show is the same. */
    static Kernels exact(Precision precision, Processor processor) {
        String bf16 = processor.hasBf16() ? "bf16" : "bf16_emulated";
        String half = precision == Precision.FP16 ? fastest(precision, processor).half : bf16;
        return new Kernels(half, processor.hasVnni() ? int8(processor) : "int8_emulated");
    }
}
