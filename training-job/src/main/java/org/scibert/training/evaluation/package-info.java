/**
 * How good a classifier is: metrics from logits and gold labels.
 *
 * <p>Pure functions on arrays, row-major; N rows, C labels. Knows no network and no files.
 */
package org.scibert.training.evaluation;
