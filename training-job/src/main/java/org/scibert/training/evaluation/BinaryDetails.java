package org.scibert.training.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A label's decisions and probabilities in detail.
 *
 * @param threshold calibrated probability from which a row is called positive
 * @param confusion (2, 2): rows that are negative, then those that are positive, by what they are called
 * @param mcc Matthews' correlation, in [−1, 1]; 0 where rows or calls are all the same
 * @param lossBefore mean log loss before calibration, in nats
 * @param brier mean squared distance of the probability from 0 or 1, in [0, 1]
 * @param brierBefore before calibration
 * @param ece expected calibration error, in [0, 1], in 15 bins of equal mass
 * @param eceBefore before calibration
 * @param wss95 work saved over sampling at 95 % recall: the share of the rows that need not be read to find 95 % of the
 *     positives, less the 5 % that chance would leave out; null where there are no positives
 * @param recallAtTop5 share of the positives among the 5 % of the rows with the highest scores; null likewise
 * @param recallAtTop10 among 10 %
 * @param recallAtTop20 among 20 %
 * @param recallAtTop50 among 50 %
 * @param intervals 95 % bootstrap intervals of these and of {@link BinaryMetrics}, by key
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BinaryDetails(
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
        implements Details {

    static BinaryDetails of(double threshold, BinarySplit split, BinarySample before) {
        Bootstrap<BinarySample> bootstrap =
                new Bootstrap<>(split.rows(), split::sample, Measure.BINARY, Bootstrap.SEED);
        return of(threshold, split.all(), before, bootstrap.intervals(0, Measure.BINARY.size()));
    }

    static BinaryDetails of(
            double threshold, BinarySample sample, BinarySample before, Map<String, Interval> intervals) {
        Outcomes o = sample.outcomes();
        return new BinaryDetails(
                threshold,
                List.of(
                        List.of(o.trueNegatives(), o.falsePositives()),
                        List.of(o.falseNegatives(), o.truePositives())),
                o.mcc(),
                before.loss(),
                sample.brier(),
                before.brier(),
                sample.ece(),
                before.ece(),
                sample.wss95(),
                sample.ranking().recallAtTop(0.05),
                sample.ranking().recallAtTop(0.10),
                sample.ranking().recallAtTop(0.20),
                sample.ranking().recallAtTop(0.50),
                new LinkedHashMap<>(intervals));
    }
}
