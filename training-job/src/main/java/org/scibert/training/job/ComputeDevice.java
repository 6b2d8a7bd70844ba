package org.scibert.training.job;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.scibert.io.UsageException;
import org.scibert.runtime.Djl;
import org.scibert.runtime.Processor;

/**
 * The device that a job computes on. The bytes of its weights depend on it: kinds of processors add in other orders.
 *
 * @param device as DJL names it
 * @param kind its model: {@code NVIDIA H100 80GB HBM3}, {@code AMD EPYC 7B13 64-Core Processor}; the architecture where
 *     the system does not say
 */
public record ComputeDevice(Device device, String kind) {
    private static final Path GPUS = Path.of("/proc/driver/nvidia/gpus");

    /** Where a job is to compute. */
    public enum Choice {
        /** On a GPU where libtorch sees one, else on the CPU. */
        AUTO,
        CPU,
        GPU;

        /** @throws UsageException for {@link #GPU} if there is none */
        public ComputeDevice resolve() {
            Djl.configure();
            boolean hasGpu = this != CPU && Engine.getEngine("PyTorch").getGpuCount() > 0;
            if (this == GPU && !hasGpu) {
                throw new UsageException("device gpu was asked for, and libtorch sees none; use auto or cpu");
            }
            return hasGpu
                    ? new ComputeDevice(Device.gpu(), gpuKind())
                    : new ComputeDevice(Device.cpu(), Processor.current().name());
        }
    }

    /** {@code cpu} or {@code gpu}. */
    public String title() {
        return device.isGpu() ? "gpu" : "cpu";
    }

    /** The model of the first GPU, which is the one that is used. */
    private static String gpuKind() {
        try (DirectoryStream<Path> gpus = Files.newDirectoryStream(GPUS)) {
            for (Path gpu : gpus) {
                return value(gpu.resolve("information"), "Model");
            }
        } catch (IOException e) {
            // The driver's files are not everywhere where the driver is.
        }
        return "unknown";
    }

    /** The first value of a key in a file of lines {@code KEY : VALUE}; the architecture without one. */
    private static String value(Path file, String key) {
        try (var lines = Files.lines(file)) {
            return lines.map(line -> line.split(":", 2))
                    .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
                    .map(parts -> parts[1].strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
