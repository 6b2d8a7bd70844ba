package org.scibert.training.split;

import java.util.List;
import org.scibert.io.Text;

/**
 * Answers to all rows, each from a model that was trained without the row and without any that is related to it. N
 * rows, C logits.
 *
 * <p>The logits of different folds come from different models, so that ranks across folds are a little noisier than
 * those of one model.
 *
 * @param folds of the rows
 * @param logits (N, C), row-major, in the rows' order, before calibration
 */
public record OutOfFold(Folds folds, float[] logits) {
    public OutOfFold {
        if (logits.length == 0 || logits.length % folds.rows() != 0) {
            throw new IllegalArgumentException(Text.format(
                    "%s logits are none for %s rows", logits.length, folds.rows()));
        }
    }

    /**
     * Puts the answers of the folds' models together.
     *
     * @param ofFolds logits of each fold's held-out rows, in their order
     * @param outputs C
     */
    public static OutOfFold of(Folds folds, List<float[]> ofFolds, int outputs) {
        return new OutOfFold(folds, folds.gather(ofFolds, outputs));
    }

    /** C. */
    public int outputs() {
        return logits.length / folds.rows();
    }
}
