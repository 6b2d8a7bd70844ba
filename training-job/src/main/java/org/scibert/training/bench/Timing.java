package org.scibert.training.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The time that a piece of work took.
 *
 * @param wallSeconds by the clock
 * @param cpuSeconds of all the process's threads; on a machine shared with others the steadier of the two
 */
public record Timing(double wallSeconds, double cpuSeconds) {
    /** libtorch settles its memory and its graphs in the first runs. */
    private static final int WARM_UP = 2;
    /** Enough for small encoders; the tiniest, whose time is all calls, would be repeated for minutes. */
    private static final int MOST_REPEATS = 400;

    Timing plus(Timing other) {
        return new Timing(wallSeconds + other.wallSeconds, cpuSeconds + other.cpuSeconds);
    }

    Timing times(double count) {
        return new Timing(count * wallSeconds, count * cpuSeconds);
    }

    /**
     * Something to be timed.
     *
     * @param name in tables
     * @param flops floating-point operations of one run, 0 where its rate is not asked for
     * @param repeats runs in one timing
     * @param run does it once, and has done it when it returns, on a GPU too
     */
    record Work(String name, double flops, int repeats, Runnable run) {
        private void runAll() {
            for (int i = 0; i < repeats; i++) {
                run.run();
            }
        }
    }

    /**
     * Runs all work in turns, so that a busy moment of the machine meets each; returns the median of one run of each.
     */
    static Map<String, Timing> interleaved(List<Work> all, int rounds) {
        Map<String, List<Timing>> timings = new LinkedHashMap<>();
        for (int round = 0; round < WARM_UP + rounds; round++) {
            for (Work work : all) {
                Timing sum = of(work::runAll);
                if (round >= WARM_UP) {
                    timings.computeIfAbsent(work.name, name -> new ArrayList<>()).add(new Timing(
                            sum.wallSeconds / work.repeats, sum.cpuSeconds / work.repeats));
                }
            }
        }
        Map<String, Timing> medians = new LinkedHashMap<>();
        timings.forEach((name, each) -> medians.put(name, median(each)));
        return medians;
    }

    private static Timing of(Runnable work) {
        var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        long wall = System.nanoTime();
        work.run();
        return new Timing((System.nanoTime() - wall) / 1e9, (process.getProcessCpuTime() - cpu) / 1e9);
    }

    /** The repeats of some operations that make about so many in all: 1 to {@value #MOST_REPEATS}. */
    static int repeats(double flops, double all) {
        return (int) Math.max(1, Math.min(MOST_REPEATS, all / flops));
    }

    /** The medians of wall and processor time, each by itself; of an even number the upper one. */
    static Timing median(List<Timing> timings) {
        return new Timing(median(timings, Timing::wallSeconds), median(timings, Timing::cpuSeconds));
    }

    private static double median(List<Timing> timings, ToDoubleFunction<Timing> value) {
        return timings.stream().mapToDouble(value).sorted().skip(timings.size() / 2).findFirst().orElseThrow();
    }
}
