/**
 * From logits to an answer: calibration, probabilities, labels, thresholds, and what a person is asked about.
 *
 * <p>Pure functions; no tensors, no files. The training job chooses the numbers, this only applies them.
 */
package org.scibert.decision;
