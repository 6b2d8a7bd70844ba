package org.scibert.training.datacheck;

import org.scibert.training.rows.Split;

/**
 * A split's size.
 *
 * @param rows after leaks were left out, where they were
 * @param texts different ones after {@link Normalisation}
 * @param sha256 digest of the split's file, in hexadecimal
 */
public record SplitSummary(Split split, int rows, int texts, String sha256) {}
