/**
 * From logits to an answer: probabilities, labels, thresholds.
 *
 * <p>Pure functions; no tensors, no files.
 */
package org.scibert.decision;
