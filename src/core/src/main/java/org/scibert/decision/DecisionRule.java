package org.scibert.decision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.network.Task;

/**
 * How logits become an answer.
 *
 * @param task how logits are read
 * @param labels in the order of the logits; for {@link Task#BINARY} the negative and the positive label
 * @param threshold probability from which a label is given, in (0, 1); for {@link Task#MULTI_CLASS} the most probable
 *     class is given and this is not used
 */
public record DecisionRule(Task task, List<String> labels, double threshold) {
    public static final double DEFAULT_THRESHOLD = 0.5;

    public DecisionRule {
        labels = List.copyOf(labels);
        if (labels.stream().distinct().count() != labels.size()) {
            throw new IllegalArgumentException("each label may stand once in " + labels);
        }
        if (task == Task.BINARY ? labels.size() != 2 : labels.isEmpty()) {
            throw new IllegalArgumentException("a %s task cannot have the labels %s".formatted(task.title(), labels));
        }
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException("a threshold must be in (0, 1), is " + threshold);
        }
    }

    /** Logits that one answer takes, C. */
    public int outputs() {
        return task.outputs(labels.size());
    }

    /**
     * Decides for one text.
     *
     * @param logits (C)
     * @throws ArithmeticException if a logit is not finite: no probability stands for it
     */
    public Decision decide(float[] logits) {
        if (logits.length != outputs()) {
            throw new IllegalArgumentException(
                    "%d labels need %d logits, got %d".formatted(labels.size(), outputs(), logits.length));
        }
        for (float z : logits) {
            if (!Float.isFinite(z)) {
                throw new ArithmeticException("the network gave a logit that is not a finite number: " + z);
            }
        }
        return switch (task) {
            case BINARY -> binary(Probabilities.sigmoid(logits[0]));
            case MULTI_CLASS -> mostProbable(Probabilities.softmax(logits));
            case MULTI_LABEL -> eachAbove(logits);
        };
    }

    private Decision binary(double positive) {
        String chosen = labels.get(positive >= threshold ? 1 : 0);
        Map<String, Double> probabilities = new LinkedHashMap<>();
        probabilities.put(labels.get(0), 1 - positive);
        probabilities.put(labels.get(1), positive);
        return new Decision(List.of(chosen), probabilities);
    }

    private Decision mostProbable(double[] p) {
        int best = 0;
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (int c = 0; c < p.length; c++) {
            best = p[c] > p[best] ? c : best;
            probabilities.put(labels.get(c), p[c]);
        }
        return new Decision(List.of(labels.get(best)), probabilities);
    }

    private Decision eachAbove(float[] logits) {
        List<String> chosen = new ArrayList<>();
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (int c = 0; c < logits.length; c++) {
            double p = Probabilities.sigmoid(logits[c]);
            probabilities.put(labels.get(c), p);
            if (p >= threshold) {
                chosen.add(labels.get(c));
            }
        }
        return new Decision(chosen, probabilities);
    }
}
