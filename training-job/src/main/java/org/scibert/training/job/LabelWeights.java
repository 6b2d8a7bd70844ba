package org.scibert.training.job;

import java.util.Arrays;
import org.scibert.decision.Task;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

/** The weights of labels in the loss: pos_weight for binary and multi-label, class weights for multi-class. */
public final class LabelWeights {
    /** Counted from the training rows. */
    public static final String AUTO = "auto";
    /** Likewise, for classes as well. */
    public static final String BALANCED = "balanced";

    private LabelWeights() {}

    /**
     * @param given {@value #AUTO}: negatives / positives of each label, and 1 for each class of multi-class;
     *     {@value #BALANCED}: the same, but N / (C × rows of the class) for multi-class, so that all classes weigh the
     *     same in the loss; or numbers above 0 with commas between them, one for binary, else one a label; a single
     *     number holds for all labels
     * @return (C)
     */
    public static float[] of(LabelSet labels, Rows training, String given) throws DataException {
        int outputs = labels.task().outputs(labels.labels().size());
        if (!given.equals(AUTO) && !given.equals(BALANCED)) {
            return parse(given, outputs);
        }
        if (labels.task() != Task.MULTI_CLASS) {
            return labels.positiveWeights(training);
        }
        if (given.equals(BALANCED)) {
            return labels.balancedWeights(training);
        }
        float[] even = new float[outputs];
        Arrays.fill(even, 1);
        return even;
    }

    private static float[] parse(String given, int outputs) {
        String[] parts = given.split(",", -1);
        if (parts.length != 1 && parts.length != outputs) {
            throw new IllegalArgumentException("pos-weight \"%s\" has %d numbers, the model has %d outputs; give one or %d"
                    .formatted(given, parts.length, outputs, outputs));
        }
        float[] weights = new float[outputs];
        for (int c = 0; c < outputs; c++) {
            String part = parts[parts.length == 1 ? 0 : c].strip();
            try {
                weights[c] = Float.parseFloat(part);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "pos-weight \"%s\" is neither auto nor balanced nor a number".formatted(part), e);
            }
            if (!(weights[c] > 0 && Float.isFinite(weights[c]))) {
                throw new IllegalArgumentException("pos-weight must be above 0, is \"%s\"".formatted(part));
            }
        }
        return weights;
    }
}
