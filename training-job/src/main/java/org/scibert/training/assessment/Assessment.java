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
 * @param splits dev, and test if there is one; all rows out of fold in a cross-validation
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
            Map<Split, float[]> logits = new EnumMap<>(Split.class);
            splits.heldOut().forEach((split, rows) ->
                    logits.put(split, ReleaseEvaluation.logits(rows, classifier, beforeBatch)));
            return of(classifier.config(), splits, logits, labels, config, labelWeights);
        }
    }

    /**
     * Chooses a decision rule by answers that are known, and measures its decisions.
     *
     * @param model without a calibration
     * @param logits of each held-out split, (N, C), row-major
     */
    public static Assessment of(
            ModelConfig model, Splits<Rows> splits, Map<Split, float[]> logits, LabelSet labels, DecisionConfig config,
            float[] labelWeights) {
        Split chosenBy = splits.chosenBy();
        DecisionFitting fitting = DecisionFitting.on(
                config, model.rule().labels(), labels, splits.dev(), logits.get(chosenBy), labelWeights);
        Map<Split, Measurement> measured = new EnumMap<>(Split.class);
        Map<Split, List<Mistake>> mistakes = new EnumMap<>(Split.class);
        splits.heldOut().forEach((split, rows) -> {
            measured.put(split, MeasuredSplit.of(fitting.rule(), labels, rows, logits.get(split)).measurement());
            mistakes.put(split, Mistake.worst(fitting.rule(), labels, rows, logits.get(split), MOST_MISTAKES));
        });
        return new Assessment(
                model.with(fitting.rule()), fitting.how(), measured, mistakes, logits,
                Collapse.in(chosenBy, measured.get(chosenBy), logits.get(chosenBy)));
    }

    /** This assessment with a reason why the model collapsed, where there is none yet. */
    public Assessment withCollapse(Optional<String> reason) {
        return new Assessment(model, decisions, splits, mistakes, logits, collapse.or(() -> reason));
    }

    /** Why a model that no row was kept back to measure gives no answers worth having to its training rows. */
    public static Optional<String> collapseOnTraining(Path release, Rows rows, LabelSet labels, Runnable beforeBatch)
            throws IOException {
        try (Classifier classifier = Classifier.open(release)) {
            float[] logits = ReleaseEvaluation.logits(rows, classifier, beforeBatch);
            return Collapse.in(Split.TRAIN, MeasuredSplit.of(labels, rows, logits).measurement(), logits);
        }
    }

    /** The metrics of each split, as the last line of standard output has them. */
    public Map<Split, Metrics> metrics() {
        Map<Split, Metrics> metrics = new EnumMap<>(Split.class);
        splits.forEach((split, measured) -> metrics.put(split, measured.metrics()));
        return metrics;
    }
}
