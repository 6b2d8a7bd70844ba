/**
 * The measurement of a finished release, through the classifier that the function uses: its decisions on dev and test,
 * and the precisions that it can be served in.
 *
 * <p>Calibration and thresholds come from {@link org.scibert.training.calibration}, the numbers from {@link
 * org.scibert.training.evaluation}; nothing is trained, written for people or published here.
 */
package org.scibert.training.assessment;
