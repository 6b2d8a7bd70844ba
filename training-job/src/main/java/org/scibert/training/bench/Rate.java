package org.scibert.training.bench;

/**
 * A rate in 10⁹ floating-point operations a second.
 *
 * @param wall by the clock
 * @param cpu for each second of processor time: what one core does while it works
 */
public record Rate(double wall, double cpu) {
    static Rate of(double flops, Timing timing) {
        return new Rate(flops / timing.wallSeconds() / 1e9, flops / timing.cpuSeconds() / 1e9);
    }

    /** The quotients of both rates; above 1 where this one is faster. */
    Rate shareOf(Rate attainable) {
        return new Rate(wall / attainable.wall, cpu / attainable.cpu);
    }

    /** The greater of each. */
    Rate max(Rate other) {
        return new Rate(Math.max(wall, other.wall), Math.max(cpu, other.cpu));
    }
}
