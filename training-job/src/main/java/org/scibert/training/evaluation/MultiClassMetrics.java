package org.scibert.training.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Metrics of a multi-class split; a row is called what has its largest logit, the first of equals.
 *
 * @param rows N
 * @param loss mean cross-entropy, in nats
 * @param accuracy share of rows called right
 * @param macroF1 mean F1 of all C classes, 0 for a class that the split lacks
 * @param microF1 F1 of all calls together; with one class a row it equals {@code accuracy}
 * @param perClass C, in the order of the labels
 */
public record MultiClassMetrics(
        int rows, double loss, double accuracy, double macroF1, double microF1, List<ClassMetrics> perClass)
        implements Metrics {

    /**
     * One class against the others.
     *
     * @param precision share of the rows called so that are; 0 where none is called so
     * @param recall share of its rows called so; 0 where there are none
     * @param f1 harmonic mean of both; 0 where both are
     * @param support rows of this class
     */
    public record ClassMetrics(String label, double precision, double recall, double f1, int support) {}

    public MultiClassMetrics {
        perClass = List.copyOf(perClass);
    }

    static MultiClassMetrics of(MultiClassSample sample, List<String> labels) {
        List<ClassMetrics> perClass = new ArrayList<>();
        for (int c = 0; c < labels.size(); c++) {
            Outcomes o = sample.outcomes(c);
            perClass.add(new ClassMetrics(labels.get(c), o.precision(), o.recall(), o.f1(), o.positives()));
        }
        return new MultiClassMetrics(
                sample.rows(), sample.loss(), sample.accuracy(), sample.macroF1(), sample.microF1(), perClass);
    }

    /** {@code macroF1}: a rare class counts as much as a frequent one. */
    @Override
    public double selectionScore() {
        return macroF1;
    }
}
