package org.scibert.network;

import ai.djl.engine.EngineException;

/** What a training step throws when the device has too little memory, for tests that have no such device. */
public final class OutOfMemory {
    private OutOfMemory() {}

    public static RuntimeException exception() {
        return OutOfDeviceMemoryException.typed(new EngineException("CUDA out of memory."));
    }
}
