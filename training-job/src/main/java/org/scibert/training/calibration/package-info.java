/**
 * How a released model decides: calibration, thresholds and the review band, all chosen on the dev rows.
 *
 * <p>Everything here is fitted; {@link org.scibert.decision} applies it. What is stated of the dev rows afterwards is a
 * little too good, because the same rows were chosen by; the test rows tell.
 */
package org.scibert.training.calibration;

