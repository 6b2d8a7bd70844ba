package org.scibert.training.calibration;

import java.util.Optional;
import org.scibert.decision.Task;
import org.scibert.io.Text;

/**
 * How dev is to decide on thresholds.
 *
 * @param thresholdRule of each label; multi-class has no threshold
 * @param errorBudget share in (0, 1) of wrong among the rows decided without a person; empty: none is to be asked
 * @param confidence of bounds, one-sided, in (0, 1)
 */
public record DecisionConfig(ThresholdRule thresholdRule, Optional<Double> errorBudget, double confidence) {
    public static final double DEFAULT_CONFIDENCE = 0.95;

    public DecisionConfig {
        if (errorBudget.isPresent() && !(errorBudget.get() > 0 && errorBudget.get() < 1)) {
            throw new IllegalArgumentException(
                    Text.format("an error budget must be above 0 and below 1, is %s; 0.05 is five wrong in a hundred",
                            errorBudget.get()));
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence must be above 0 and below 1, is " + confidence);
        }
    }

    /** @throws IllegalArgumentException if there is an error budget and the task doesn't include or exclude */
    public void check(Task task) {
        if (errorBudget.isPresent() && task != Task.BINARY) {
            throw new IllegalArgumentException(
                    "only a binary task includes, excludes or asks; leave the error budget out for " + task.title());
        }
    }
}
