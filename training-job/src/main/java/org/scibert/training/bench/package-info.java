/**
 * Measures how near the work comes to what the machine can do: matrix rate, training step, padding, latency of each
 * precision.
 *
 * <p>Measures the code of the other packages; trains and publishes nothing.
 */
package org.scibert.training.bench;
