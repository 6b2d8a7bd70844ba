package org.scibert.training.job;

import java.util.HashSet;
import java.util.List;

/**
 * The runs of a job.
 *
 * @param seeds one run each, at least one; the one that is best on dev is released
 * @param checkpointSteps a run's state is kept in the store after each so many steps, and when the job is interrupted;
 *     0: only then
 */
public record RunPlan(List<Integer> seeds, int checkpointSteps) {
    public static final int DEFAULT_CHECKPOINT_STEPS = 500;

    public RunPlan {
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty() || new HashSet<>(seeds).size() < seeds.size()) {
            throw new IllegalArgumentException("seeds must be different numbers, at least one, are " + seeds);
        }
        if (checkpointSteps < 0) {
            throw new IllegalArgumentException(
                    "checkpoint steps must be at least 0, is %d; 0 keeps a state only when the job is interrupted"
                            .formatted(checkpointSteps));
        }
    }

    /** One run. */
    public static RunPlan ofSeed(int seed) {
        return new RunPlan(List.of(seed), DEFAULT_CHECKPOINT_STEPS);
    }
}
