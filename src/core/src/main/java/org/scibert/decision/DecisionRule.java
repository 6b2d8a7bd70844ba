package org.scibert.decision;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.io.Text;

/**
 * The rule by which logits become a decision: calibrate, turn into probabilities, compare with thresholds.
 *
 * @param task how logits are read
 * @param labels in the order of the logits; for {@link Task#BINARY} the negative and the positive label
 * @param calibration the calibration of the C logits
 * @param thresholds calibrated probability in [0, 1] from which a label is given: of the positive label for
 *     {@link Task#BINARY}, of each label for {@link Task#MULTI_LABEL}; none for {@link Task#MULTI_CLASS}, where the
 *     most probable class is given
 * @param review the probabilities of a {@link Task#BINARY} model that a person is asked about; around the threshold
 */
public record DecisionRule(
        Task task,
        List<String> labels,
        Calibration calibration,
        List<Double> thresholds,
        Optional<ReviewBand> review) {
    public static final double DEFAULT_THRESHOLD = 0.5;

    public DecisionRule {
        labels = List.copyOf(labels);
        thresholds = List.copyOf(thresholds);
        if (labels.stream().distinct().count() != labels.size()) {
            throw new IllegalArgumentException("each label may stand once in " + labels);
        }
        if (task == Task.BINARY ? labels.size() != 2 : labels.isEmpty()) {
            throw new IllegalArgumentException(Text.format("a %s task cannot have the labels %s",
                    task.title(), labels));
        }
        int outputs = task.outputs(labels.size());
        if (calibration.outputs() != outputs || thresholds.size() != thresholdsOf(task, labels)) {
            throw new IllegalArgumentException(
                    Text.format(
                            "a %s task with the labels %s has %d logits and %d thresholds, not %d calibrated ones and"
                                    + " %d",
                            task.title(), labels, outputs, thresholdsOf(task, labels), calibration.outputs(),
                            thresholds.size()));
        }
        for (double threshold : thresholds) {
            if (!(threshold >= 0 && threshold <= 1)) {
                throw new IllegalArgumentException("a threshold must be in [0, 1], is " + threshold);
            }
        }
        if (review.isPresent()) {
            checkAround(review.get(), task, thresholds);
        }
    }

    /** A rule without calibration, with one threshold for every label. */
    public DecisionRule(Task task, List<String> labels, double threshold) {
        this(
                task,
                labels,
                Calibration.none(task.outputs(labels.size())),
                Collections.nCopies(thresholdsOf(task, labels), threshold),
                Optional.empty());
    }

    private static int thresholdsOf(Task task, List<String> labels) {
        return task == Task.MULTI_CLASS ? 0 : task.outputs(labels.size());
    }

    private static void checkAround(ReviewBand band, Task task, List<Double> thresholds) {
        if (task != Task.BINARY) {
            throw new IllegalArgumentException(Text.format(
                    "only a binary task includes or excludes; %s has no review band",
                    task.title()));
        }
        if (band.low() > thresholds.get(0) || band.high() < thresholds.get(0)) {
            throw new IllegalArgumentException(Text.format("the threshold %s must lie in the review band from %s to %s",
                    thresholds.get(0), band.low(), band.high()));
        }
    }

    /** The number of logits of a text, C. */
    public int outputs() {
        return task.outputs(labels.size());
    }

    /**
     * Decides for one text.
     *
     * @param logits (C)
     * @throws ArithmeticException if a logit is not finite
     */
    public Decision decide(float[] logits) {
        if (logits.length != outputs()) {
            throw new IllegalArgumentException(
                    Text.format("%d labels need %d logits, got %d", labels.size(), outputs(), logits.length));
        }
        for (float z : logits) {
            if (!Float.isFinite(z)) {
                throw new ArithmeticException("the network gave a logit that is not a finite number: " + z);
            }
        }
        double[] calibrated = calibration.apply(logits);
        return switch (task) {
            case BINARY -> binary(Probabilities.sigmoid(calibrated[0]));
            case MULTI_CLASS -> mostProbable(Probabilities.softmax(calibrated));
            case MULTI_LABEL -> eachAbove(calibrated);
        };
    }

    private Decision binary(double positive) {
        String chosen = labels.get(positive >= thresholds.get(0) ? 1 : 0);
        Map<String, Double> probabilities = new LinkedHashMap<>();
        probabilities.put(labels.get(0), 1 - positive);
        probabilities.put(labels.get(1), positive);
        return new Decision(List.of(chosen), probabilities, review.map(band -> band.verdict(positive)));
    }

    private Decision mostProbable(double[] p) {
        int best = 0;
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (int c = 0; c < p.length; c++) {
            best = p[c] > p[best] ? c : best;
            probabilities.put(labels.get(c), p[c]);
        }
        return new Decision(List.of(labels.get(best)), probabilities, Optional.empty());
    }

    private Decision eachAbove(double[] logits) {
        List<String> chosen = new ArrayList<>();
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (int c = 0; c < logits.length; c++) {
            double p = Probabilities.sigmoid(logits[c]);
            probabilities.put(labels.get(c), p);
            if (p >= thresholds.get(c)) {
                chosen.add(labels.get(c));
            }
        }
        return new Decision(chosen, probabilities, Optional.empty());
    }
}
