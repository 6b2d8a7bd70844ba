package org.scibert.training.finetune;

/**
 * How a run went.
 *
 * @param state at its end; {@link RunState#best()} is the epoch whose weights are kept
 * @param history of all its steps, those before an interruption as well
 */
public record Trained(RunState state, TrainingHistory history) {}
