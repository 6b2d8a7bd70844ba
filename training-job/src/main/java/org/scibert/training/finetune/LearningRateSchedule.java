package org.scibert.training.finetune;

/**
 * Linear warm-up to the peak, then linear decay towards 0 (Devlin et al. 2019, appendix A.2).
 *
 * @param peak learning rate at the end of the warm-up
 * @param steps of the whole run, at least 1
 * @param warmUpSteps steps of rising rate, fewer than {@code steps}
 */
public record LearningRateSchedule(double peak, int steps, int warmUpSteps) {
    public LearningRateSchedule {
        if (!(peak > 0) || steps < 1 || warmUpSteps < 0 || warmUpSteps >= steps) {
            throw new IllegalArgumentException("a schedule of %d steps cannot warm up for %d to a rate of %s"
                    .formatted(steps, warmUpSteps, peak));
        }
    }

    /** A schedule whose warm-up takes this share of the steps, rounded down. */
    public static LearningRateSchedule of(double peak, int steps, double warmUpShare) {
        return new LearningRateSchedule(peak, steps, (int) (steps * warmUpShare));
    }

    /**
     * The rate of a step, counted from 0. Neither the first nor the last is 0: no step is spent for nothing.
     */
    public double at(int step) {
        if (step < warmUpSteps) {
            return peak * (step + 1) / warmUpSteps;
        }
        return peak * (steps - step) / (steps - warmUpSteps);
    }
}
