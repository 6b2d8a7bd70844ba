package org.scibert.training.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;

/**
 * Metrics of a multi-label split; a row is given each label whose probability reaches the rule's threshold.
 *
 * @param rows N
 * @param loss log loss, the mean over rows and labels, in nats
 * @param microF1 F1 of all decisions together
 * @param macroF1 mean F1 of all C labels, 0 for a label that the split lacks
 * @param perLabel C, in the order of the labels
 */
public record MultiLabelMetrics(int rows, double loss, double microF1, double macroF1, List<LabelMetrics> perLabel)
        implements Metrics {

    /**
     * One label.
     *
     * @param precision share of the rows given it that have it; 0 where none is given it
     * @param recall share of the rows that have it that are given it; 0 where there are none
     * @param f1 harmonic mean of both; 0 where both are
     * @param support rows that have it
     * @param rocAuc chance that a row with it scores above a row without, ties half; null where there is no pair
     * @param prAuc average precision; null where no row has it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LabelMetrics(
            String label, double precision, double recall, double f1, int support, Double rocAuc, Double prAuc) {}

    public MultiLabelMetrics {
        perLabel = List.copyOf(perLabel);
    }

    static MultiLabelMetrics of(MultiLabelSample sample, List<String> labels) {
        List<LabelMetrics> perLabel = new ArrayList<>();
        for (int c = 0; c < labels.size(); c++) {
            BinarySample label = sample.labels().get(c);
            Outcomes o = label.outcomes();
            perLabel.add(new LabelMetrics(labels.get(c), o.precision(), o.recall(), o.f1(), o.positives(),
                    label.ranking().rocAuc(), label.ranking().averagePrecision()));
        }
        return new MultiLabelMetrics(sample.rows(), sample.loss(), sample.microF1(), sample.macroF1(), perLabel);
    }

    /** {@code macroF1}: a rare label counts as much as a frequent one. */
    @Override
    public double selectionScore() {
        return macroF1;
    }
}
