package org.scibert.training.job;

import ai.djl.Device;
import ai.djl.engine.Engine;
import org.scibert.io.UsageException;
import org.scibert.runtime.Djl;

/** Where to compute. */
public enum Devices {
    AUTO,
    CPU,
    GPU;

    /**
     * The device itself; {@link #AUTO} is a GPU where libtorch sees one.
     *
     * @throws UsageException for {@link #GPU} if there is none
     */
    public Device resolve() {
        Djl.configure();
        boolean hasGpu = this != CPU && Engine.getEngine("PyTorch").getGpuCount() > 0;
        if (this == GPU && !hasGpu) {
            throw new UsageException("device gpu was asked for, and libtorch sees none; use auto or cpu");
        }
        return hasGpu ? Device.gpu() : Device.cpu();
    }
}
