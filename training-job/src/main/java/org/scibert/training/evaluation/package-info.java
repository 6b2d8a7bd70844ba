/**
 * How good a classifier is: metrics, their intervals and curves, from logits and gold labels by a rule of decision.
 *
 * <p>Pure functions on arrays, row-major; N rows, C labels. Knows no network and no files.
 */
package org.scibert.training.evaluation;

