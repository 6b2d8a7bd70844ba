package org.scibert.training.baseline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.decision.DecisionRule;
import org.scibert.io.Text;
import org.scibert.training.assessment.Assessment;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.calibration.DecisionFitting;
import org.scibert.training.evaluation.Details.Interval;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.evaluation.PairedComparison;
import org.scibert.training.evaluation.PairedComparison.Answers;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;
import org.scibert.training.split.Folds;
import org.scibert.training.split.OutOfFold;

/**
 * The scores of TF-IDF with logistic regression, and their comparison with the released model's; its components are keys
 * of JSON.
 *
 * @param c inverse strength of the L2 penalty, chosen by cross-validation on the training rows
 * @param classWeights likewise
 * @param terms words and pairs of words that the baseline knows
 * @param trainingRows that it was fitted to
 * @param splits its scores on dev and test, decided by a rule chosen on dev as the released model's is
 * @param comparison null if the rows define no score to compare by
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Baseline(
        double c,
        ClassWeights classWeights,
        int terms,
        int trainingRows,
        Map<Split, Scores> splits,
        Comparison comparison) {
    /** The name in tables and sentences. */
    public static final String TITLE = "TF-IDF with logistic regression";

    /** One-sided, of either bound: 95 % for both. */
    private static final double CONFIDENCE = 0.975;

    /** The weights of positives and negatives in the loss. */
    public enum ClassWeights {
        /** 1 each. */
        NONE("none"),
        /** Positives and negatives of a label weigh the same. */
        BALANCED("balanced");

        private final String title;

        ClassWeights(String title) {
            this.title = title;
        }

        /** The name in JSON and tables. */
        @JsonValue
        public String title() {
            return title;
        }
    }

    /**
     * The scores on one split.
     *
     * @param intervals 95 % bootstrap intervals of the metrics and of further measures, by key
     */
    public record Scores(@JsonUnwrapped Metrics metrics, Map<String, Interval> intervals) {}

    /** The outcome of a comparison. */
    public enum Verdict {
        /** The whole interval of the difference is above 0. */
        BETTER("better"),
        /** The whole interval of the difference is below 0. */
        WORSE("worse"),
        /** The interval of the difference holds 0. */
        NOT_DISTINGUISHABLE("not distinguishable");

        private final String title;

        Verdict(String title) {
            this.title = title;
        }

        /** The name in JSON and tables. */
        @JsonValue
        public String title() {
            return title;
        }
    }

    /**
     * The released model against the baseline on the same rows, by a paired bootstrap.
     *
     * @param split test, or dev without it
     * @param measure key of the score
     * @param score of the released model
     * @param baselineScore of the baseline
     * @param difference {@code score − baselineScore}
     * @param low end of the difference's 95 % interval
     * @param high end of it
     * @param verdict what the released model is against the baseline
     */
    public record Comparison(
            Split split, String measure, double score, double baselineScore, double difference, double low, double high,
            Verdict verdict) {

        static Comparison of(Split split, PairedComparison found) {
            return new Comparison(
                    split, found.measure(), found.score(), found.currentScore(), found.difference(), found.low(),
                    found.high(),
                    found.low() > 0 ? Verdict.BETTER : found.high() < 0 ? Verdict.WORSE : Verdict.NOT_DISTINGUISHABLE);
        }

        /** The comparison in a sentence. */
        public String sentence() {
            String outcome = switch (verdict) {
                case BETTER -> "the released model is better than " + TITLE;
                case WORSE -> "the released model is worse than " + TITLE + ", which costs next to nothing";
                case NOT_DISTINGUISHABLE -> "the released model and " + TITLE + " are not distinguishable";
            };
            return Text.format("On %s, %s: %s %.4f against %.4f, difference %+.4f, from %+.4f to %+.4f with a confidence"
                            + " of 95 %%.%s",
                    split, outcome, measure, score, baselineScore, difference, low, high,
                    verdict == Verdict.WORSE
                            ? " Try more epochs, another learning rate, --freeze-encoder or more training rows."
                            : "");
        }
    }

    /** The scores of both models in a table of lines, and the comparison in a sentence, for the command line. */
    public List<String> lines(Assessment released) {
        List<String> lines = new ArrayList<>();
        String measure = Metrics.selectionMeasure(released.model().network().task());
        splits.forEach((split, scores) -> {
            lines.add(line(split, measure, "released model",
                    released.metrics().get(split), released.splits().get(split).details().intervals()));
            lines.add(line(split, measure, TITLE, scores.metrics(), scores.intervals()));
        });
        if (comparison != null) {
            lines.add(comparison.sentence());
        }
        return lines;
    }

    private static String line(
            Split split, String measure, String model, Metrics metrics, Map<String, Interval> intervals) {
        Interval interval = intervals.get(measure);
        return Text.format("%-4s  %-33s  %s %s%s", split, model, measure,
                metrics.hasSelectionScore() ? Text.format("%.4f", metrics.selectionScore()) : "not defined",
                interval == null ? "" : Text.format(" (95 %%: %.4f to %.4f)", interval.low(), interval.high()));
    }

    /** Fits the baseline to the training rows and measures it on dev and test. */
    public static Baseline of(Splits<Rows> splits, LabelSet labels, DecisionConfig config, Assessment released) {
        return of(splits, Optional.empty(), labels, config, released);
    }

    /**
     * Fits the baseline to the training rows and measures it.
     *
     * @param folds of the rows in a cross-validation, where each row is answered by a baseline that was fitted without it
     * @param config of the decision rule, as for the released model
     * @param released model to compare with
     */
    public static Baseline of(
            Splits<Rows> splits, Optional<Folds> folds, LabelSet labels, DecisionConfig config, Assessment released) {
        WordModel model = WordModel.of(labels, splits.train());
        Map<Split, float[]> logits = new EnumMap<>(Split.class);
        splits.heldOut().forEach((split, rows) ->
                logits.put(split, folds.map(of -> outOfFold(of, rows, labels)).orElseGet(() -> model.logits(rows))));
        DecisionRule rule = DecisionFitting.on(
                        new DecisionConfig(config.thresholdRule(), Optional.empty(), config.confidence()),
                        released.model().rule().labels(), labels, splits.dev(), logits.get(splits.chosenBy()),
                        model.positiveWeights())
                .rule();
        Map<Split, Scores> scores = new EnumMap<>(Split.class);
        splits.heldOut().forEach((split, rows) -> {
            MeasuredSplit measured = MeasuredSplit.of(rule, labels, rows, logits.get(split));
            scores.put(split, new Scores(measured.metrics(), measured.details().intervals()));
        });
        Split last = splits.last();
        Comparison comparison = PairedComparison.of(
                        new Answers(released.model().rule(), released.logits().get(last)),
                        new Answers(rule, logits.get(last)),
                        labels, splits.of(last), CONFIDENCE)
                .map(found -> Comparison.of(last, found))
                .orElse(null);
        return new Baseline(
                model.settings().c(),
                model.settings().balanced() ? ClassWeights.BALANCED : ClassWeights.NONE,
                model.terms(),
                model.training().size(),
                scores,
                comparison);
    }

    private static float[] outOfFold(Folds folds, Rows rows, LabelSet labels) {
        List<float[]> ofFolds = new ArrayList<>();
        for (int fold = 0; fold < folds.count(); fold++) {
            WordModel model = WordModel.of(labels, rows.with(folds.training(fold, rows.rows())));
            ofFolds.add(model.logits(rows.with(folds.heldOut(fold, rows.rows()))));
        }
        return OutOfFold.of(folds, ofFolds, labels.task().outputs(labels.labels().size())).logits();
    }
}
