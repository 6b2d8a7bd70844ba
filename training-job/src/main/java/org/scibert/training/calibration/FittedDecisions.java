package org.scibert.training.calibration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How the numbers of a {@link org.scibert.decision.DecisionRule} were chosen, for people; its components are keys of
 * JSON.
 *
 * @param confidence of all bounds, one-sided
 * @param calibration (C), or one for all logits of multi-class
 * @param thresholds (C); none for multi-class
 * @param review null without an error budget
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FittedDecisions(double confidence, List<Line> calibration, List<Threshold> thresholds, Band review) {
    public FittedDecisions {
        calibration = List.copyOf(calibration);
        thresholds = List.copyOf(thresholds);
    }

    /** The aims that dev's rows could not reach, each with what would help. */
    public List<String> notes() {
        Stream<String> fitted = Stream.concat(
                calibration.stream().map(Line::note), thresholds.stream().map(Threshold::note));
        return Stream.concat(fitted, Stream.ofNullable(review).map(Band::note))
                .filter(Objects::nonNull)
                .toList();
    }

    /** How a calibration was found. */
    public enum Method {
        /** Slope and intercept fitted. */
        @JsonProperty("platt")
        PLATT("platt"),
        /** Slope 1 and the intercept −ln pos_weight: what training with that weight adds to log-odds, taken away. */
        @JsonProperty("prior-shift")
        PRIOR_SHIFT("prior shift"),
        /** One slope for all logits fitted, 1 / T. */
        @JsonProperty("temperature")
        TEMPERATURE("temperature"),
        /** Logits stay as they are. */
        @JsonProperty("none")
        NONE("none");

        private final String title;

        Method(String title) {
            this.title = title;
        }

        /** The name in reports. */
        public String title() {
            return title;
        }
    }

    /**
     * The calibration of one logit.
     *
     * @param label as rows write it; null where the line holds for all labels
     * @param method how the line was found
     * @param slope of the calibrated logit by the logit, above 0
     * @param intercept 0 for a temperature
     * @param note why it was not fitted, with the name that the model shows for the label; null if it was
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(String label, Method method, double slope, double intercept, String note) {

        /** The same calibration for a label as rows write it. */
        Line of(String dataLabel) {
            return new Line(dataLabel, method, slope, intercept, note);
        }
    }

    /**
     * A label's threshold, and its scores on dev.
     *
     * @param label as rows write it
     * @param rule that it was chosen by
     * @param threshold calibrated probability from which a row is given the label, in [0, 1]; half-way between the
     *     lowest score of dev that is given it and the next, so that another machine's rounding moves no row across
     * @param precision on dev; 0 where no row is given the label
     * @param recall on dev; 0 where no row has it
     * @param lowerBound of the share that the rule aims at, by Clopper and Pearson; null for a rule that aims at none
     * @param note why the rule's aim is not reached, and what would help; null if it is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Threshold(
            String label, String rule, double threshold, double precision, double recall, Double lowerBound,
            String note) {

        /** The same threshold for a label as rows write it. */
        Threshold of(String dataLabel) {
            return new Threshold(dataLabel, rule, threshold, precision, recall, lowerBound, note);
        }
    }

    /**
     * A review band, and its scores on dev.
     *
     * @param errorBudget share of wrong among the rows decided without a person
     * @param low probability below which rows are excluded
     * @param high probability above which rows are included
     * @param excluded rows below; wrong: those that are positive
     * @param included rows above; wrong: those that are negative
     * @param decided both together
     * @param asked rows in between
     * @param note why nothing is decided without a person, and what would help; null if something is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Band(
            double errorBudget,
            double low,
            double high,
            Side excluded,
            Side included,
            Side decided,
            int asked,
            String note) {}

    /**
     * Rows that are decided alike.
     *
     * @param wrong of them
     * @param share wrong / rows; 0 where there are none
     * @param upperBound of that share, by Clopper and Pearson; 1 where there are none
     */
    public record Side(int rows, int wrong, double share, double upperBound) {

        static Side of(int rows, int wrong, double confidence) {
            return rows == 0
                    ? new Side(0, 0, 0, 1)
                    : new Side(rows, wrong, (double) wrong / rows, ClopperPearson.upper(wrong, rows, confidence));
        }
    }
}
