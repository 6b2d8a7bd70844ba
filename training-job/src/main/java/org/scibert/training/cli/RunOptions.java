package org.scibert.training.cli;

import java.util.List;
import org.scibert.training.job.RunPlan;
import picocli.CommandLine.Option;

/** How many runs, and how they survive an interruption. */
final class RunOptions {
    @Option(
            names = "--seeds",
            split = ",",
            defaultValue = "${env:SEEDS}",
            paramLabel = "N",
            description = "Trains once with each of these seeds, such as 42,43,44, in place of --seed: the scores' mean"
                    + " and deviation tell how much is luck, and the best on dev is released. [SEEDS]")
    private List<Integer> seeds;

    @Option(
            names = "--checkpoint-steps",
            defaultValue = "${env:CHECKPOINT_STEPS:-" + RunPlan.DEFAULT_CHECKPOINT_STEPS + "}",
            paramLabel = "N",
            description = "Keeps the run's state in the store after each N steps, three times the weights' size; the"
                    + " same job, started again, goes on from there. 0: only when it is interrupted (SIGTERM). Default"
                    + " ${DEFAULT-VALUE}. [CHECKPOINT_STEPS]")
    private int checkpointSteps;

    @Option(
            names = "--progress-seconds",
            defaultValue = "${env:PROGRESS_SECONDS:-15}",
            paramLabel = "N",
            description = "Between two lines of progress where there is no terminal; 0 shows each step. Default"
                    + " ${DEFAULT-VALUE}. [PROGRESS_SECONDS]")
    int progressSeconds;

    /**
     * @param seed of the only run, unless there are several
     * @throws IllegalArgumentException if a value is out of its range
     */
    RunPlan plan(int seed) {
        return new RunPlan(seeds == null || seeds.isEmpty() ? List.of(seed) : seeds, checkpointSteps);
    }
}
