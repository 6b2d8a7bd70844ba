package org.scibert.training.finetune;

import org.scibert.training.evaluation.Metrics;

/** Hears how a run goes. */
public interface TrainingListener {
    /**
     * A run begins.
     *
     * @param rows training rows
     * @param steps of all epochs
     * @param paddingShare share of the batches that is padding, in [0, 1)
     */
    void started(int rows, int steps, double paddingShare);

    /**
     * The run that began is one that was cut off.
     *
     * @param step done already
     */
    default void resumed(int step) {}

    /**
     * A step is done.
     *
     * @param step counted from 1 over all epochs
     * @param rows of the step
     * @param loss mean over the step's rows
     */
    void stepped(int step, int rows, double loss, double learningRate);

    /** The state after this step was kept. */
    default void kept(int step) {}

    /**
     * An epoch is done.
     *
     * @param epoch counted from 1
     * @param loss mean over the epoch's rows, in training
     * @param dev scores on the dev rows
     * @param best whether it is the best epoch so far
     */
    void epochEnded(int epoch, double loss, Metrics dev, boolean best);

    /** Something that people should know, in a sentence. */
    default void noted(String sentence) {}
}
