package org.scibert.training.finetune;

import com.fasterxml.jackson.annotation.JsonValue;
import org.scibert.io.Text;

/**
 * The learning rate of each step of a run.
 *
 * @param shape how the rate goes up and down
 * @param peak learning rate at the end of the warm-up
 * @param steps of the whole run, at least 1
 * @param warmUpSteps steps of rising rate, fewer than {@code steps}
 */
public record LearningRateSchedule(Shape shape, double peak, int steps, int warmUpSteps) {
    /** How the learning rate goes up and down. */
    public enum Shape {
        /** Linear from nearly 0 to the peak, then linear towards 0 (Devlin et al. 2019, appendix A.2). */
        LINEAR("linear"),
        /** The same shape between the peak / 32 and the peak (Howard and Ruder 2018, section 3.2). */
        SLANTED_TRIANGULAR("slanted-triangular");

        private final String title;

        Shape(String title) {
            this.title = title;
        }

        /** The name in options and releases. */
        @JsonValue
        @Override
        public String toString() {
            return title;
        }
    }

    /** How much smaller than the peak the slanted triangle's lowest rate is; Howard and Ruder's value. */
    private static final double RATIO = 32;

    public LearningRateSchedule {
        if (!(peak > 0) || steps < 1 || warmUpSteps < 0 || warmUpSteps >= steps) {
            throw new IllegalArgumentException(Text.format(
                    "a schedule of %s steps cannot warm up for %s to a rate of %s",
                    steps, warmUpSteps, peak));
        }
    }

    /** A schedule whose warm-up takes this share of the steps, rounded down. */
    public static LearningRateSchedule of(Shape shape, double peak, int steps, double warmUpShare) {
        return new LearningRateSchedule(shape, peak, steps, (int) (steps * warmUpShare));
    }

    /** The rate of a step, counted from 0; above 0. */
    public double at(int step) {
        return switch (shape) {
            case LINEAR -> peak * linear(step);
            case SLANTED_TRIANGULAR -> peak * (1 + slanted(step) * (RATIO - 1)) / RATIO;
        };
    }

    /** In (0, 1]; neither the first nor the last step is at 0, so that none is spent for nothing. */
    private double linear(int step) {
        return step < warmUpSteps ? (step + 1.0) / warmUpSteps : (double) (steps - step) / (steps - warmUpSteps);
    }

    /**
     * The paper's p, in [0, 1], with the warm-up's share as cut_frac. Where the share doesn't give whole steps, the
     * fall takes those that are left; by the paper's own denominator the rate would go below 0.
     */
    private double slanted(int step) {
        return step < warmUpSteps
                ? (double) step / warmUpSteps
                : 1 - (double) (step - warmUpSteps) / (steps - warmUpSteps);
    }
}
