package org.scibert.training.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A multi-class split in detail.
 *
 * @param confusion (C, C): rows of each class by what they are called, in the order of the labels
 * @param mcc Matthews' correlation for C classes, in [−1, 1]; 0 where rows or calls are all of one class
 * @param rocAuc mean over the classes, each against the others, that define it; null if none does
 * @param prAuc likewise, of average precision
 * @param lossBefore mean cross-entropy before calibration, in nats
 * @param brier mean squared distance of the probabilities from the class, summed over the classes, in [0, 2]
 * @param brierBefore before calibration
 * @param ece expected calibration error of the class called, in [0, 1], in 15 bins of equal mass
 * @param eceBefore before calibration
 * @param reliability the bins of {@code ece}
 * @param reliabilityBefore those of {@code eceBefore}
 * @param intervals 95 % bootstrap intervals of these and of {@link MultiClassMetrics}, by key
 * @param perClassDetails (C), in the order of the labels
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MultiClassDetails(
        List<List<Integer>> confusion,
        double mcc,
        Double rocAuc,
        Double prAuc,
        double lossBefore,
        double brier,
        double brierBefore,
        double ece,
        double eceBefore,
        List<ReliabilityBin> reliability,
        List<ReliabilityBin> reliabilityBefore,
        Map<String, Interval> intervals,
        List<ClassDetails> perClassDetails)
        implements Details {

    /**
     * One class against the others.
     *
     * @param rocAuc null where the split has no row of this class or no other
     * @param prAuc average precision; null where no row is of this class
     * @param intervals of these, precision, recall and f1, by key
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ClassDetails(String label, Double rocAuc, Double prAuc, Map<String, Interval> intervals) {}

    static MultiClassDetails of(List<String> labels, MultiClassSplit split, MultiClassSplit uncalibrated) {
        MultiClassSample before = uncalibrated.all();
        int own = Measure.MULTI_CLASS.size();
        int each = Measure.ofClass(0).size();
        List<Measure<MultiClassSample>> measures = new ArrayList<>(Measure.MULTI_CLASS);
        for (int c = 0; c < labels.size(); c++) {
            measures.addAll(Measure.ofClass(c));
        }
        Bootstrap<MultiClassSample> bootstrap =
                new Bootstrap<>(split.rows(), split::sample, measures, Bootstrap.SEED);
        MultiClassSample sample = split.all();
        List<ClassDetails> perClass = new ArrayList<>();
        for (int c = 0; c < labels.size(); c++) {
            Ranking ranking = sample.rankings().get(c);
            perClass.add(new ClassDetails(
                    labels.get(c),
                    ranking.rocAuc(),
                    ranking.averagePrecision(),
                    bootstrap.intervals(own + c * each, own + (c + 1) * each)));
        }
        return new MultiClassDetails(
                Arrays.stream(sample.counts()).map(row -> Arrays.stream(row).boxed().toList()).toList(),
                sample.mcc(),
                sample.rocAuc(),
                sample.prAuc(),
                before.loss(),
                sample.brier(),
                before.brier(),
                sample.ece(),
                before.ece(),
                split.reliability(),
                uncalibrated.reliability(),
                bootstrap.intervals(0, own),
                perClass);
    }
}
