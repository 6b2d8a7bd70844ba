package org.scibert.training.finetune;

import java.util.List;

/**
 * What every step came to. A run that went on after an interruption may lack the steps before it.
 *
 * @param stepsPlanned of one run, all epochs; 0 if none has begun
 * @param steps in the order in which they were done
 */
public record TrainingHistory(int stepsPlanned, List<Step> steps) {
    public static final TrainingHistory EMPTY = new TrainingHistory(0, List.of());

    public TrainingHistory {
        steps = List.copyOf(steps);
    }

    /**
     * A step.
     *
     * @param run counted from 1: one for each seed
     * @param step counted from 1 over all epochs
     * @param rows of the step
     * @param loss mean over the step's rows, with weights
     * @param learningRate of the step
     */
    public record Step(int run, int step, int rows, double loss, double learningRate) {}

    /** As CSV, a line for each step. */
    public String csv() {
        StringBuilder csv = new StringBuilder("run,step,rows,loss,learning_rate\n");
        for (Step s : steps) {
            csv.append(s.run()).append(',').append(s.step()).append(',').append(s.rows()).append(',')
                    .append((float) s.loss()).append(',').append((float) s.learningRate()).append('\n');
        }
        return csv.toString();
    }
}
