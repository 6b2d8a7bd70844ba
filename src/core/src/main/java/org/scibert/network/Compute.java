package org.scibert.network;

import java.util.Map;

/** The number format of a training step's forward and backward pass. Weights and updates are always fp32. */
public enum Compute {
    FP32,
    /** TF32: fp32 whose matrix products round their factors to 10 bits of mantissa; NVIDIA GPUs from Ampere on. */
    TF32,
    /** bfloat16 in the encoder, fp32 in head and loss. For GPUs; slower on CPUs without bf16. */
    BF16;

    /** The variable that turns TF32 on. libtorch reads it once, when it is loaded: no call could change it later. */
    private static final String SWITCH = "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE";

    /**
     * Checks that the process would compute in this format.
     *
     * @param gpu whether the step runs on a GPU
     * @param environment the process's environment variables
     * @throws IllegalArgumentException if the device or the environment gives another format
     */
    public void check(boolean gpu, Map<String, String> environment) {
        boolean switched = "1".equals(environment.get(SWITCH));
        if (this == TF32 && !gpu) {
            throw new IllegalArgumentException("compute tf32 needs a GPU and this job runs on the CPU; use fp32");
        }
        if (this == TF32 && !switched) {
            throw new IllegalArgumentException(
                    "compute tf32 needs the environment variable %s=1 from the process's start on".formatted(SWITCH));
        }
        if (this == FP32 && gpu && switched) {
            throw new IllegalArgumentException(
                    "compute fp32 would be TF32, because %s=1; unset it or use tf32".formatted(SWITCH));
        }
    }
}
