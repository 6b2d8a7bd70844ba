package org.scibert.network;

import ai.djl.engine.EngineException;
import java.util.Locale;

/**
 * libtorch could not allocate memory for a step, on the GPU or in the process. The gradients taken so far are dropped
 * and no weight has moved: the same step can be taken again in smaller batches.
 */
public final class OutOfDeviceMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private OutOfDeviceMemoryException(EngineException cause) {
        super("not enough memory for the batch; take fewer rows at once", cause);
    }

    /** The exception itself, or this one if that is what libtorch's text says; DJL gives all its errors one type. */
    static RuntimeException typed(EngineException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        // c10's allocators: "CUDA out of memory. Tried to allocate …", "DefaultCPUAllocator: can't allocate memory: …"
        return text.contains("out of memory") || text.contains("can't allocate memory")
                ? new OutOfDeviceMemoryException(e)
                : e;
    }
}
