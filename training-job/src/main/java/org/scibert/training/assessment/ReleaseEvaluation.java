package org.scibert.training.assessment;

import java.util.List;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ModelConfig;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

/** The evaluation of a release as it serves: through the classifier that the function uses. */
public final class ReleaseEvaluation {
    private ReleaseEvaluation() {}

    /**
     * The metrics of a release on labelled rows, by the release's own rule.
     *
     * @throws DataException if the rows have labels that the model does not know
     */
    public static Metrics metrics(Rows rows, Classifier classifier) throws DataException {
        ModelConfig config = classifier.config();
        LabelSet labels = new LabelSet(config.network().task(), config.dataLabels());
        Rows spelled = labels.spelled(rows);
        labels.check(spelled);
        float[] logits = logits(spelled, classifier, () -> { });
        return MeasuredSplit.of(config.rule(), labels, spelled, logits).metrics();
    }

    /**
     * The logits that the release decides by, (N, C), row-major.
     *
     * @param beforeBatch runs before each forward pass; ends the work by an exception
     * @throws ArithmeticException if a logit is not finite
     */
    public static float[] logits(Rows rows, Classifier classifier, Runnable beforeBatch) {
        List<float[]> found = classifier.blended(
                rows.texts(), classifier.logits(classifier.encode(rows.texts()), beforeBatch));
        int outputs = classifier.config().network().outputs();
        float[] logits = new float[rows.size() * outputs]; // (N, C)
        for (int i = 0; i < found.size(); i++) {
            requireFinite(found.get(i));
            System.arraycopy(found.get(i), 0, logits, i * outputs, outputs);
        }
        return logits;
    }

    private static void requireFinite(float[] logits) {
        for (float z : logits) {
            if (!Float.isFinite(z)) {
                throw new ArithmeticException("the network gave a logit that is not a finite number: " + z);
            }
        }
    }
}
