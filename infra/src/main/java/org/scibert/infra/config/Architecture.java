package org.scibert.infra.config;

/** Which processors the function runs on; its image must have been built for the same. */
public enum Architecture {
    /** The default: fp16 and int8 kernels are FBGEMM's, which needs AVX2, and all figures were measured here. */
    X86_64,
    /** A fifth cheaper per second; fp32 is served there unless MODEL_PRECISION says otherwise. */
    ARM64
}
