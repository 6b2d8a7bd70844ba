package org.scibert.training.calibration;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How the numbers of a {@link org.scibert.decision.DecisionRule} came about, for people; its components are keys of JSON.
 *
 * @param confidence of all bounds, one-sided
 * @param calibration (C), or one for all logits of multi-class
 * @param thresholds (C); none for multi-class
 * @param review null without an error budget
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FittedDecisions(
        double confidence, List<FittedLine> calibration, List<ChosenThreshold> thresholds, ChosenBand review) {
    public FittedDecisions {
        calibration = List.copyOf(calibration);
        thresholds = List.copyOf(thresholds);
    }

    /** What was asked for and dev couldn't give, each with what would help. */
    public List<String> notes() {
        Stream<String> fitted = Stream.concat(
                calibration.stream().map(FittedLine::note), thresholds.stream().map(ChosenThreshold::note));
        return Stream.concat(fitted, Stream.ofNullable(review).map(ChosenBand::note))
                .filter(Objects::nonNull)
                .toList();
    }
}
