package org.scibert.training.finetune;

import java.util.List;

/**
 * The loss and learning rate of every step of a run.
 *
 * @param steps from the first
 */
public record TrainingHistory(List<Step> steps) {
    /** The history before the first step. */
    public static final TrainingHistory EMPTY = new TrainingHistory(List.of());

    public TrainingHistory {
        steps = List.copyOf(steps);
    }

    /**
     * A step.
     *
     * @param step counted from 1 over all epochs
     * @param rows of the step
     * @param loss mean over the step's rows, with weights
     * @param learningRate of the step
     */
    public record Step(int step, int rows, double loss, double learningRate) {}

    /** Returns the history as CSV, a line for each step. */
    public String csv() {
        StringBuilder csv = new StringBuilder("step,rows,loss,learning_rate\n");
        for (Step s : steps) {
            csv.append(s.step()).append(',').append(s.rows()).append(',')
                    .append((float) s.loss()).append(',').append((float) s.learningRate()).append('\n');
        }
        return csv.toString();
    }
}
