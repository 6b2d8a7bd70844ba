/**
 * The evaluation of a classifier on labelled rows: metrics, their bootstrap intervals, curves, and the comparison of
 * two models, from logits, gold labels and a decision rule.
 *
 * <p>Pure functions on arrays, row-major; N rows, C labels. Knows no network and no files. {@link
 * org.scibert.training.evaluation.MeasuredSplit} is the way in.
 */
package org.scibert.training.evaluation;
