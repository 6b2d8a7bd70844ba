package org.scibert.training.baseline;

import java.util.List;
import org.scibert.lexicon.TfIdf;

/** Rows as vectors for a regression. What the vectors depend on is learnt from some of the rows. */
interface Representation {
    /**
     * The vectors of all rows.
     *
     * @param rows in their order, (N)
     * @param columns V
     */
    record Vectors(List<TfIdf.Vector> rows, int columns) {}

    /** @param fitted places of the rows that may be learnt from, as those of all folds but one */
    Vectors learntFrom(int[] fitted);
}
