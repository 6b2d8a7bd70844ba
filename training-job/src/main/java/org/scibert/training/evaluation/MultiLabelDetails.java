package org.scibert.training.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A multi-label split in detail. Numbers of the split are means over the labels that define them.
 *
 * @param mcc of Matthews' correlations, in [−1, 1]
 * @param rocAuc null if no label defines it
 * @param prAuc of average precisions; null if no label defines it
 * @param lossBefore mean log loss before calibration, in nats
 * @param brier of Brier scores, in [0, 1]
 * @param brierBefore before calibration
 * @param ece of expected calibration errors, in [0, 1]
 * @param eceBefore before calibration
 * @param intervals 95 % bootstrap intervals of these and of {@link MultiLabelMetrics}, by key
 * @param perLabelDetails (C), in the order of the labels
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MultiLabelDetails(
        double mcc,
        Double rocAuc,
        Double prAuc,
        double lossBefore,
        double brier,
        double brierBefore,
        double ece,
        double eceBefore,
        Map<String, Interval> intervals,
        List<LabelDetails> perLabelDetails)
        implements Details {

    /** One label, as if it were the only one. */
    public record LabelDetails(String label, @JsonUnwrapped BinaryDetails details) {}

    static MultiLabelDetails of(
            List<String> labels, List<Double> thresholds, MultiLabelSplit split, MultiLabelSample before) {
        int own = Measure.MULTI_LABEL.size();
        int each = Measure.BINARY.size();
        List<Measure<MultiLabelSample>> measures = new ArrayList<>(Measure.MULTI_LABEL);
        for (int c = 0; c < labels.size(); c++) {
            for (Measure<BinarySample> measure : Measure.BINARY) {
                measures.add(Measure.ofLabel(measure, c));
            }
        }
        Bootstrap<MultiLabelSample> bootstrap =
                new Bootstrap<>(split.rows(), split::sample, measures, Bootstrap.SEED);
        MultiLabelSample sample = split.all();
        List<LabelDetails> perLabel = new ArrayList<>();
        for (int c = 0; c < labels.size(); c++) {
            perLabel.add(new LabelDetails(
                    labels.get(c),
                    BinaryDetails.of(
                            thresholds.get(c),
                            sample.labels().get(c),
                            before.labels().get(c),
                            bootstrap.intervals(own + c * each, own + (c + 1) * each))));
        }
        return new MultiLabelDetails(
                sample.mcc(),
                sample.rocAuc(),
                sample.prAuc(),
                before.loss(),
                sample.brier(),
                before.brier(),
                sample.ece(),
                before.ece(),
                bootstrap.intervals(0, own),
                perLabel);
    }
}
