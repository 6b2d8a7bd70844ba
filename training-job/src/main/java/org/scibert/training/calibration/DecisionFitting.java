package org.scibert.training.calibration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.scibert.decision.Calibration;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Probabilities;
import org.scibert.decision.ReviewBand;
import org.scibert.decision.Task;
import org.scibert.training.evaluation.Ranking;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

/**
 * The decision rule of a trained model, chosen on dev. N rows, C logits.
 *
 * @param rule that the release is to decide by
 * @param how it was chosen
 */
public record DecisionFitting(DecisionRule rule, FittedDecisions how) {

    /**
     * Calibrates, then chooses thresholds in calibrated probability, then the review band around them. The same numbers
     * come of the same rows.
     *
     * @param names shown for the labels, in their order
     * @param labels as the rows write them
     * @param logits (N, C), row-major, in dev's order, finite
     * @param labelWeights (C) that the model was trained with
     * @throws IllegalArgumentException if the task has no use for what is configured
     */
    public static DecisionFitting on(
            DecisionConfig config,
            List<String> names,
            LabelSet labels,
            Rows dev,
            float[] logits,
            float[] labelWeights) {
        config.check(labels.task());
        if (labels.task() == Task.MULTI_CLASS) {
            return multiClass(config, names, labels, dev, logits);
        }
        List<String> decided = labels.task() == Task.BINARY ? labels.labels().subList(1, 2) : labels.labels();
        int outputs = decided.size();
        List<FittedDecisions.Line> lines = new ArrayList<>();
        List<FittedDecisions.Threshold> thresholds = new ArrayList<>();
        List<Ranking> rankings = new ArrayList<>();
        for (int c = 0; c < outputs; c++) {
            double[] z = new double[dev.size()];
            boolean[] positive = new boolean[dev.size()];
            for (int i = 0; i < z.length; i++) {
                z[i] = logits[i * outputs + c];
                positive[i] = dev.rows().get(i).labels().contains(decided.get(c));
            }
            String name = names.get(names.size() - outputs + c);
            FittedDecisions.Line line =
                    PlattScaling.fit(name, z, positive, labelWeights[c]).of(decided.get(c));
            for (int i = 0; i < z.length; i++) {
                z[i] = Probabilities.sigmoid(line.slope() * z[i] + line.intercept());
            }
            Ranking ranking = new Ranking(z, positive);
            lines.add(line);
            rankings.add(ranking);
            thresholds.add(config.thresholdRule().choose(name, ranking, config.confidence()).of(decided.get(c)));
        }
        FittedDecisions.Band band = config.errorBudget()
                .map(budget -> ErrorBudget.choose(
                        rankings.get(0), thresholds.get(0).threshold(), budget, config.confidence()))
                .orElse(null);
        DecisionRule rule = new DecisionRule(
                labels.task(),
                names,
                new Calibration(
                        lines.stream().map(FittedDecisions.Line::slope).toList(),
                        lines.stream().map(FittedDecisions.Line::intercept).toList()),
                thresholds.stream().map(FittedDecisions.Threshold::threshold).toList(),
                Optional.ofNullable(band).map(b -> new ReviewBand(b.low(), b.high())));
        return new DecisionFitting(rule, new FittedDecisions(config.confidence(), lines, thresholds, band));
    }

    private static DecisionFitting multiClass(
            DecisionConfig config, List<String> names, LabelSet labels, Rows dev, float[] logits) {
        double[] z = new double[logits.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = logits[i];
        }
        FittedDecisions.Line line = TemperatureScaling.fit(z, labels.classes(dev));
        Calibration calibration = new Calibration(
                Collections.nCopies(names.size(), line.slope()), Collections.nCopies(names.size(), line.intercept()));
        return new DecisionFitting(
                new DecisionRule(labels.task(), names, calibration, List.of(), Optional.empty()),
                new FittedDecisions(config.confidence(), List.of(line), List.of(), null));
    }
}
