package org.scibert.training.finetune;

import org.scibert.network.Compute;
import org.scibert.training.evaluation.Metrics;

/** Hears of the progress of a run. */
public interface TrainingListener {
    /**
     * Called when a run begins.
     *
     * @param rows training rows
     * @param steps of all epochs
     * @param paddingShare share of the batches that is padding, in [0, 1)
     * @param compute number format of the steps, of all runs of a job
     */
    void started(int rows, int steps, double paddingShare, Compute compute);

    /**
     * Called after {@link #started} when the run goes on from a checkpoint.
     *
     * @param step the last one that is done
     */
    default void resumed(int step) {}

    /**
     * Called after each step.
     *
     * @param step counted from 1 over all epochs
     * @param rows of the step
     * @param loss mean over the step's rows
     */
    void stepped(int step, int rows, double loss, double learningRate);

    /** Called when the state after this step was kept. */
    default void kept(int step) {}

    /**
     * Called after each epoch.
     *
     * @param epoch counted from 1
     * @param loss mean over the epoch's rows, in training
     * @param dev scores on the dev rows
     * @param best whether it is the best epoch so far
     */
    void epochEnded(int epoch, double loss, Metrics dev, boolean best);

    /**
     * Called after each epoch of a run without dev rows.
     *
     * @param epoch counted from 1
     * @param loss mean over the epoch's rows, in training
     */
    default void epochEnded(int epoch, double loss) {}

    /** Called with a sentence for the user. */
    default void noted(String sentence) {}
}
