package org.scibert.training.baseline;

import de.bwaldvogel.liblinear.Feature;
import java.util.ArrayList;
import java.util.List;
import org.scibert.decision.Task;
import org.scibert.lexicon.TfIdf;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

/**
 * A logistic regression for each output of the task: one for binary, else one for each label against the others.
 *
 * @param outputs (C)
 * @param positiveWeights of a positive row in the loss of each output, against 1 of a negative one, (C)
 */
public record Regressions(List<LogisticRegression> outputs, float[] positiveWeights) {

    /**
     * Fits one output after the other.
     *
     * @param features of the training rows, by {@link LogisticRegression#features}
     * @param columns V
     */
    static Regressions fit(LabelSet labels, Rows train, Settings settings, Feature[][] features, int columns) {
        List<LogisticRegression> outputs = new ArrayList<>();
        float[] weights = new float[outputs(labels)];
        for (int c = 0; c < weights.length; c++) {
            boolean[] positive = positive(labels, train, c);
            weights[c] = settings.balanced() ? (float) odds(positive) : 1;
            outputs.add(LogisticRegression.fit(features, positive, columns, settings.c(), weights[c]));
        }
        return new Regressions(outputs, weights);
    }

    /** Writes the logits of a row's vector into those of all rows, (N, C) row-major. */
    void write(TfIdf.Vector vector, float[] logits, int row) {
        for (int c = 0; c < outputs.size(); c++) {
            logits[row * outputs.size() + c] = (float) outputs.get(c).logit(vector);
        }
    }

    /** C, the number of outputs. */
    public static int outputs(LabelSet labels) {
        return labels.task().outputs(labels.labels().size());
    }

    /** Whether each row has the label of an output, (N). */
    public static boolean[] positive(LabelSet labels, Rows rows, int output) {
        String label = labels.labels().get(labels.task() == Task.BINARY ? 1 : output);
        boolean[] positive = new boolean[rows.size()];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = rows.rows().get(i).labels().contains(label);
        }
        return positive;
    }

    /** Negatives / positives, at least one of both counted. */
    private static double odds(boolean[] positive) {
        int positives = 0;
        for (boolean p : positive) {
            positives += p ? 1 : 0;
        }
        return Math.max(1., positive.length - positives) / Math.max(1, positives);
    }
}
