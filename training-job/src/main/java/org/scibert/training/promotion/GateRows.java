package org.scibert.training.promotion;

import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

/**
 * What two versions are compared on.
 *
 * @param split the rows' name: test, or dev if there is no test
 * @param rows with labels
 * @param labels that the new version was trained on
 */
public record GateRows(String split, Rows rows, LabelSet labels) {}
