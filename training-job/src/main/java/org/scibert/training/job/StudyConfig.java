package org.scibert.training.job;

import org.scibert.io.UsageException;
import org.scibert.network.Compute;
import org.scibert.training.study.Budget;
import org.scibert.training.study.Grid;

/**
 * A job's configurations: one that is trained, or several of which a study takes the best on dev.
 *
 * @param grid configurations that differ in nothing but hyperparameters
 * @param budget of the study
 */
public record StudyConfig(Grid<JobConfig> grid, Budget budget) {
    /** Seeds that the winner is trained with, unless others are given. */
    public static final int SEEDS = 3;

    public StudyConfig {
        JobConfig first = grid.configurations().get(0).config();
        if (grid.size() == 1 && budget != Budget.NONE) {
            throw new UsageException("--budget is of a study, and no option lists several values to try; give some, as"
                    + " in --learning-rate 1e-5,2e-5,5e-5, or leave --budget out");
        }
        if (grid.size() > 1 && first.data().folds() != 0) {
            throw new UsageException("--folds keeps no rows to choose hyperparameters by; list one value for "
                    + String.join(", ", grid.configurations().get(0).values().keySet())
                    + ", or leave --folds out");
        }
    }

    /** One configuration. */
    public static StudyConfig of(JobConfig config) {
        return new StudyConfig(Grid.of(config), Budget.NONE);
    }

    /** The same configurations in another number format. */
    StudyConfig with(Compute compute) {
        return new StudyConfig(grid.map(config -> config.with(compute)), budget);
    }

    /** Whether there is something to choose from. */
    boolean hasChoice() {
        return grid.size() > 1;
    }

    /**
     * The most trials whose states are kept at once: the better half of the first rung, and the one that is trained.
     */
    int mostKept() {
        int tried = budget instanceof Budget.Runs runs ? (int) Math.min(grid.size(), 4L * runs.runs()) : grid.size();
        return hasChoice() ? (tried + 1) / 2 + 1 : 0;
    }

    /** The first configuration; all have the same data, release and target. */
    public JobConfig first() {
        return grid.configurations().get(0).config();
    }
}
