package org.scibert.training.evaluation;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What was counted on multi-label rows, or on a sample of them.
 *
 * @param labels (C)
 */
record MultiLabelSample(List<BinarySample> labels) {

    int rows() {
        return labels.get(0).ranking().rows();
    }

    double microF1() {
        return labels.stream().map(BinarySample::outcomes).reduce(Outcomes.NONE, Outcomes::plus).f1();
    }

    double macroF1() {
        return mean(label -> label.outcomes().f1());
    }

    double mcc() {
        return mean(label -> label.outcomes().mcc());
    }

    double loss() {
        return mean(BinarySample::loss);
    }

    double brier() {
        return mean(BinarySample::brier);
    }

    double ece() {
        return mean(BinarySample::ece);
    }

    Double rocAuc() {
        return meanOfDefined(label -> label.ranking().rocAuc());
    }

    Double prAuc() {
        return meanOfDefined(label -> label.ranking().averagePrecision());
    }

    private double mean(ToDoubleFunction<BinarySample> measure) {
        return labels.stream().mapToDouble(measure).average().orElseThrow();
    }

    private Double meanOfDefined(Function<BinarySample, Double> measure) {
        return Means.ofDefined(labels, measure);
    }
}
