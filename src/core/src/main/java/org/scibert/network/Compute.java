package org.scibert.network;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.util.Map;
import org.scibert.runtime.Processor;

/** The numbers that a training step's forward and backward are computed with. Weights and updates are always fp32. */
public enum Compute {
    FP32,
    /** fp32 whose matrix products round their factors to 10 bits of mantissa: NVIDIA GPUs from Ampere on. */
    TF32,
    /**
     * Encoder in bfloat16, head and loss in fp32: for GPUs from Ampere on and CPUs with AVX512_BF16, AMX or Arm's BF16,
     * where a step takes about half the time. Without these instructions it is slower than fp32.
     */
    BF16;

    /** libtorch reads it once, when it is loaded: no call of ours could switch TF32 on or off later. */
    private static final String SWITCH = "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE";

    /** The first NVIDIA GPUs that multiply bfloat16: Ampere, compute capability 8.0. */
    private static final int AMPERE = 80;

    /** Returns {@link #BF16} where the device multiplies it by instructions of its own, else {@link #FP32}. */
    public static Compute fastest(Device device, Processor processor) {
        boolean hasBf16 = device.isGpu()
                ? Integer.parseInt(CudaUtils.getComputeCapability(device.getDeviceId())) >= AMPERE
                : processor.hasBf16();
        return hasBf16 ? BF16 : FP32;
    }

    /**
     * Checks that the process can compute with these numbers.
     *
     * @param gpu whether the step runs on one
     * @param environment the process's own
     * @throws IllegalArgumentException if this is not what the process would compute with
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
