package org.scibert.training.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a piece of work took.
 *
 * @param wallSeconds by the clock
 * @param cpuSeconds of all the process's threads; on a machine shared with others the steadier of the two
 */
public record Timing(double wallSeconds, double cpuSeconds) {

    static Timing of(Runnable work) {
        var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        long wall = System.nanoTime();
        work.run();
        return new Timing((System.nanoTime() - wall) / 1e9, (process.getProcessCpuTime() - cpu) / 1e9);
    }

    /** The median of each; of an even number the upper one. */
    static Timing median(List<Timing> timings) {
        return new Timing(median(timings, Timing::wallSeconds), median(timings, Timing::cpuSeconds));
    }

    private static double median(List<Timing> timings, ToDoubleFunction<Timing> value) {
        return timings.stream().mapToDouble(value).sorted().skip(timings.size() / 2).findFirst().orElseThrow();
    }
}
