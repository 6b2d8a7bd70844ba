package org.scibert.training.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ModelConfig;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.calibration.DecisionFitting;
import org.scibert.training.calibration.FittedDecisions;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Measurement;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.evaluation.Mistake;
import org.scibert.training.rows.Rows;

/**
 * A trained model as it will serve: how it decides, and how good its decisions are.
 *
 * @param model with the rule chosen on dev
 * @param decisions how that came about
 * @param splits dev, and test if there is one
 * @param mistakes the worst of each split
 */
record Assessment(
        ModelConfig model,
        FittedDecisions decisions,
        Map<String, Measurement> splits,
        Map<String, List<Mistake>> mistakes) {
    private static final int MOST_MISTAKES = 20;

    /**
     * Opens the release, which has no calibration yet, chooses how it decides and measures that.
     *
     * @param labelWeights (C) that it was trained with
     */
    static Assessment of(Path release, Splits splits, DecisionConfig config, float[] labelWeights)
            throws IOException {
        try (Classifier classifier = Classifier.open(release)) {
            ModelConfig model = classifier.config();
            float[] dev = Measured.logits(splits.dev(), classifier);
            DecisionFitting fitting = DecisionFitting.on(
                    config, model.rule().labels(), splits.labels(), splits.dev(), dev, labelWeights);
            Assessment assessment = new Assessment(
                    model.with(fitting.rule()), fitting.how(), new LinkedHashMap<>(), new LinkedHashMap<>());
            assessment.measure("dev", splits, splits.dev(), dev);
            splits.test().ifPresent(
                    test -> assessment.measure("test", splits, test, Measured.logits(test, classifier)));
            return assessment;
        }
    }

    private void measure(String split, Splits of, Rows rows, float[] logits) {
        splits.put(split, MeasuredSplit.of(model.rule(), of.labels(), rows, logits).measurement());
        mistakes.put(split, Mistake.worst(model.rule(), of.labels(), rows, logits, MOST_MISTAKES));
    }

    /** The keys that the last line of standard output has, by split. */
    Map<String, Metrics> metrics() {
        Map<String, Metrics> metrics = new LinkedHashMap<>();
        splits.forEach((split, measured) -> metrics.put(split, measured.metrics()));
        return metrics;
    }
}
