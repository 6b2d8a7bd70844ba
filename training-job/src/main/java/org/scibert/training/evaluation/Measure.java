package org.scibert.training.evaluation;

import java.util.List;
import java.util.function.Function;

/**
 * A number that tells how good a model is.
 *
 * @param name its key in JSON
 * @param value from a sample of the rows; null where the sample does not define it
 */
record Measure<S>(String name, Function<S, Double> value) {

    static final List<Measure<BinarySample>> BINARY = List.of(
            new Measure<>("loss", BinarySample::loss),
            new Measure<>("accuracy", s -> s.outcomes().accuracy()),
            new Measure<>("precision", s -> s.outcomes().precision()),
            new Measure<>("recall", s -> s.outcomes().recall()),
            new Measure<>("f1", s -> s.outcomes().f1()),
            new Measure<>("macroF1", BinarySample::macroF1),
            new Measure<>("rocAuc", s -> s.ranking().rocAuc()),
            new Measure<>("prAuc", s -> s.ranking().averagePrecision()),
            new Measure<>("mcc", s -> s.outcomes().mcc()),
            new Measure<>("brier", BinarySample::brier),
            new Measure<>("ece", BinarySample::ece),
            new Measure<>("wss95", BinarySample::wss95),
            new Measure<>("recallAtTop5", s -> s.ranking().recallAtTop(0.05)),
            new Measure<>("recallAtTop10", s -> s.ranking().recallAtTop(0.10)),
            new Measure<>("recallAtTop20", s -> s.ranking().recallAtTop(0.20)),
            new Measure<>("recallAtTop50", s -> s.ranking().recallAtTop(0.50)));

    static final List<Measure<MultiClassSample>> MULTI_CLASS = List.of(
            new Measure<>("loss", MultiClassSample::loss),
            new Measure<>("accuracy", MultiClassSample::accuracy),
            new Measure<>("macroF1", MultiClassSample::macroF1),
            new Measure<>("microF1", MultiClassSample::microF1),
            new Measure<>("mcc", MultiClassSample::mcc),
            new Measure<>("rocAuc", MultiClassSample::rocAuc),
            new Measure<>("prAuc", MultiClassSample::prAuc),
            new Measure<>("brier", MultiClassSample::brier),
            new Measure<>("ece", MultiClassSample::ece));

    static final List<Measure<MultiLabelSample>> MULTI_LABEL = List.of(
            new Measure<>("loss", MultiLabelSample::loss),
            new Measure<>("microF1", MultiLabelSample::microF1),
            new Measure<>("macroF1", MultiLabelSample::macroF1),
            new Measure<>("mcc", MultiLabelSample::mcc),
            new Measure<>("rocAuc", MultiLabelSample::rocAuc),
            new Measure<>("prAuc", MultiLabelSample::prAuc),
            new Measure<>("brier", MultiLabelSample::brier),
            new Measure<>("ece", MultiLabelSample::ece));

    /** Of one class among many. */
    static List<Measure<MultiClassSample>> ofClass(int label) {
        return List.of(
                new Measure<>("precision", s -> s.outcomes(label).precision()),
                new Measure<>("recall", s -> s.outcomes(label).recall()),
                new Measure<>("f1", s -> s.outcomes(label).f1()),
                new Measure<>("rocAuc", s -> s.rankings().get(label).rocAuc()),
                new Measure<>("prAuc", s -> s.rankings().get(label).averagePrecision()));
    }

    /** The same measure of one label among many. */
    static Measure<MultiLabelSample> ofLabel(Measure<BinarySample> measure, int label) {
        return new Measure<>(measure.name(), s -> measure.value().apply(s.labels().get(label)));
    }
}
