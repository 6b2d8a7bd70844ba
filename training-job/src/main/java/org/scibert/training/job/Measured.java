package org.scibert.training.job;

import java.util.List;
import org.scibert.classifier.Classification;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ModelConfig;
import org.scibert.training.evaluation.Evaluation;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.rows.DataException;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;

/** Measures a release as it will serve: through the classifier that the function uses. */
public final class Measured {
    private Measured() {}

    /** @throws DataException if the rows have labels that the model does not know */
    public static Metrics on(Rows rows, Classifier classifier) throws DataException {
        ModelConfig config = classifier.config();
        LabelSet labels = new LabelSet(config.network().task(), config.dataLabels());
        labels.check(rows);
        List<Classification> found =
                classifier.classify(rows.rows().stream().map(Row::text).toList());
        int outputs = config.network().outputs();
        float[] logits = new float[rows.size() * outputs]; // (N, C)
        for (int i = 0; i < found.size(); i++) {
            System.arraycopy(found.get(i).logits(), 0, logits, i * outputs, outputs);
        }
        return Evaluation.of(labels, rows, logits);
    }
}
