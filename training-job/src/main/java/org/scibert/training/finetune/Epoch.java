package org.scibert.training.finetune;

import org.scibert.training.evaluation.Metrics;

/**
 * What an epoch came to.
 *
 * @param epoch counted from 1
 * @param loss mean over the training rows, with dropout and weights as they changed
 * @param dev scores on the dev rows after the epoch
 */
public record Epoch(int epoch, double loss, Metrics dev) {}
