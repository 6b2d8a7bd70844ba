package org.scibert.network;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.util.Map;
import org.scibert.io.Text;
import org.scibert.runtime.Processor;

/** The number format of a training step's forward and backward pass. Weights and updates are always fp32. */
public enum Compute {
    FP32,
    /**
     * fp32 whose linear layers oneDNN multiplies, in place of MKL, which libtorch takes: CPUs only, where MKL is the
     * slower one (AMD's).
     */
    ONEDNN,
    /** TF32: fp32 whose matrix products round their factors to 10 bits of mantissa; NVIDIA GPUs from Ampere on. */
    TF32,
    /**
     * bfloat16 in the encoder, fp32 in head and loss. For GPUs from Ampere on and CPUs with AVX512_BF16, AMX or Arm's
     * BF16, where a step takes about half the time; slower than fp32 on CPUs without these instructions.
     */
    BF16;

    /** The variable that turns TF32 on. libtorch reads it once, when it is loaded: no call could change it later. */
    private static final String SWITCH = "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE";

    /** The first NVIDIA GPUs that multiply bfloat16: Ampere, compute capability 8.0. */
    private static final int AMPERE = 80;

    /** Returns {@link #BF16} where the device multiplies it by instructions of its own, else {@link #FP32}. */
    public static Compute fastest(Device device, Processor processor) {
        return (device.isGpu() ? hasBf16(device) : processor.hasBf16()) ? BF16 : FP32;
    }

    /** A GPU whose capability can't be asked for counts as an old one. */
    private static boolean hasBf16(Device gpu) {
        try {
            return Integer.parseInt(CudaUtils.getComputeCapability(gpu.getDeviceId())) >= AMPERE;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /**
     * Checks that the process would compute in this format.
     *
     * @param gpu whether the step runs on a GPU
     * @param environment the process's environment variables
     * @throws IllegalArgumentException if the device or the environment gives another format
     */
    public void check(boolean gpu, Map<String, String> environment) {
        if (this == ONEDNN && gpu) {
            throw new IllegalArgumentException("compute onednn needs a CPU and this job runs on the GPU; use fp32");
        }
        boolean switched = "1".equals(environment.get(SWITCH));
        if (this == TF32 && !gpu) {
            throw new IllegalArgumentException("compute tf32 needs a GPU and this job runs on the CPU; use fp32");
        }
        if (this == TF32 && !switched) {
            throw new IllegalArgumentException(
                    Text.format("compute tf32 needs the environment variable %s=1 from the process's start on",
                            SWITCH));
        }
        if (this == FP32 && gpu && switched) {
            throw new IllegalArgumentException(
                    Text.format("compute fp32 would be TF32, because %s=1; unset it or use tf32", SWITCH));
        }
    }
}
