/**
 * How near the work comes to what the machine can do: matrix rate, train step, padding, latency of each precision.
 *
 * <p>Measures what the other packages run; trains and publishes nothing.
 */
package org.scibert.training.bench;
