package org.scibert.training.evaluation;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;

/**
 * The numbers of a released model beside its {@link Metrics}. One record a task, whose components are keys of JSON that
 * no {@code Metrics} of the same task has.
 */
public sealed interface Details {

    /** The 95 % bootstrap intervals of the measures of the whole split, by key. */
    Map<String, Interval> intervals();

    /** The 95 % bootstrap interval of a measure; in JSON a list of its two ends. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"low", "high"})
    record Interval(double low, double high) {}

    /**
     * The details of a label's decisions and probabilities.
     *
     * @param threshold calibrated probability from which a row is predicted positive
     * @param confusion (2, 2): rows that are negative, then those that are positive, by prediction
     * @param mcc Matthews' correlation, in [−1, 1]; 0 where gold or predicted is the same for all rows
     * @param lossBefore mean log loss before calibration, in nats
     * @param brier mean squared distance of the probability from 0 or 1, in [0, 1]
     * @param brierBefore before calibration
     * @param ece expected calibration error, in [0, 1], in 15 bins of equal mass
     * @param eceBefore before calibration
     * @param wss95 work saved over sampling at 95 % recall: the share of the rows that need not be read to find 95 % of
     *     the positives, less the 5 % that chance would leave out; null where there are no positives
     * @param recallAtTop5 share of the positives among the 5 % of the rows with the highest scores; null likewise
     * @param recallAtTop10 among 10 %
     * @param recallAtTop20 among 20 %
     * @param recallAtTop50 among 50 %
     * @param intervals of these and of {@link Metrics.Binary}, by key
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Binary(
            double threshold,
            List<List<Integer>> confusion,
            double mcc,
            double lossBefore,
            double brier,
            double brierBefore,
            double ece,
            double eceBefore,
            Double wss95,
            Double recallAtTop5,
            Double recallAtTop10,
            Double recallAtTop20,
            Double recallAtTop50,
            Map<String, Interval> intervals)
            implements Details {}

    /**
     * The details of a multi-class split.
     *
     * @param confusion (C, C): rows of each class by predicted class, in the order of the labels
     * @param mcc Matthews' correlation for C classes, in [−1, 1]; 0 where gold or predicted is one class
     * @param rocAuc mean over the classes, each against the others, that define it; null if none does
     * @param prAuc likewise, of average precision
     * @param lossBefore mean cross-entropy before calibration, in nats
     * @param brier mean squared distance of the probabilities from the class, summed over the classes, in [0, 2]
     * @param brierBefore before calibration
     * @param ece expected calibration error of the predicted class, in [0, 1], in 15 bins of equal mass
     * @param eceBefore before calibration
     * @param reliability the bins of {@code ece}
     * @param reliabilityBefore the bins of {@code eceBefore}
     * @param intervals of these and of {@link Metrics.MultiClass}, by key
     * @param perClassDetails (C), in the order of the labels
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MultiClass(
            List<List<Integer>> confusion,
            double mcc,
            Double rocAuc,
            Double prAuc,
            double lossBefore,
            double brier,
            double brierBefore,
            double ece,
            double eceBefore,
            List<Reliability.Bin> reliability,
            List<Reliability.Bin> reliabilityBefore,
            Map<String, Interval> intervals,
            List<OfClass> perClassDetails)
            implements Details {}

    /**
     * The details of one class against the others.
     *
     * @param rocAuc null where the split has no row of this class or no other
     * @param prAuc average precision; null where no row is of this class
     * @param intervals of these, precision, recall and f1, by key
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfClass(String label, Double rocAuc, Double prAuc, Map<String, Interval> intervals) {}

    /**
     * The details of a multi-label split: means over the labels that define them.
     *
     * @param mcc of Matthews' correlations, in [−1, 1]
     * @param rocAuc null if no label defines it
     * @param prAuc of average precisions; null if no label defines it
     * @param lossBefore mean log loss before calibration, in nats
     * @param brier of Brier scores, in [0, 1]
     * @param brierBefore before calibration
     * @param ece of expected calibration errors, in [0, 1]
     * @param eceBefore before calibration
     * @param intervals of these and of {@link Metrics.MultiLabel}, by key
     * @param perLabelDetails (C), in the order of the labels
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MultiLabel(
            double mcc,
            Double rocAuc,
            Double prAuc,
            double lossBefore,
            double brier,
            double brierBefore,
            double ece,
            double eceBefore,
            Map<String, Interval> intervals,
            List<OfLabel> perLabelDetails)
            implements Details {}

    /** The details of one label, as if it were the only one. */
    record OfLabel(String label, @JsonUnwrapped Binary details) {}
}
