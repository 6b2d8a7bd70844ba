package org.scibert.training.assessment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ModelConfig;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.calibration.DecisionFitting;
import org.scibert.training.calibration.FittedDecisions;
import org.scibert.training.evaluation.Collapse;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Measurement;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.evaluation.Mistake;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/**
 * The assessment of a trained model: the decision rule chosen on dev, and the scores of its decisions.
 *
 * @param model with the rule chosen on dev
 * @param decisions how the rule was chosen
 * @param splits dev, and test if there is one
 * @param mistakes the worst of each split
 * @param logits of each split before calibration, (N, C), row-major
 * @param collapse why the model collapsed; empty if it did not
 */
public record Assessment(
        ModelConfig model,
        FittedDecisions decisions,
        Map<Split, Measurement> splits,
        Map<Split, List<Mistake>> mistakes,
        Map<Split, float[]> logits,
        Optional<String> collapse) {
    private static final int MOST_MISTAKES = 20;

    /**
     * Opens a release that has no calibration yet, chooses its decision rule on dev and measures the decisions.
     *
     * @param labels as the rows write them
     * @param labelWeights (C) that it was trained with
     * @param beforeBatch runs before each forward pass; ends the work by an exception
     */
    public static Assessment of(
            Path release, Splits<Rows> splits, LabelSet labels, DecisionConfig config, float[] labelWeights,
            Runnable beforeBatch)
            throws IOException {
        try (Classifier classifier = Classifier.open(release)) {
            ModelConfig model = classifier.config();
            float[] dev = ReleaseEvaluation.logits(splits.dev(), classifier, beforeBatch);
            DecisionFitting fitting = DecisionFitting.on(
                    config, model.rule().labels(), labels, splits.dev(), dev, labelWeights);
            Map<Split, Measurement> measured = new EnumMap<>(Split.class);
            Map<Split, List<Mistake>> mistakes = new EnumMap<>(Split.class);
            Map<Split, float[]> all = new EnumMap<>(Split.class);
            splits.heldOut().forEach((split, rows) -> {
                float[] logits =
                        split == Split.DEV ? dev : ReleaseEvaluation.logits(rows, classifier, beforeBatch);
                all.put(split, logits);
                measured.put(split, MeasuredSplit.of(fitting.rule(), labels, rows, logits).measurement());
                mistakes.put(split, Mistake.worst(fitting.rule(), labels, rows, logits, MOST_MISTAKES));
            });
            return new Assessment(
                    model.with(fitting.rule()), fitting.how(), measured, mistakes, all,
                    Collapse.in(measured.get(Split.DEV), dev));
        }
    }

    /** The metrics of each split, as the last line of standard output has them. */
    public Map<Split, Metrics> metrics() {
        Map<Split, Metrics> metrics = new EnumMap<>(Split.class);
        splits.forEach((split, measured) -> metrics.put(split, measured.metrics()));
        return metrics;
    }
}
