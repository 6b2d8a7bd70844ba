package org.scibert.training.baseline;

import com.fasterxml.jackson.annotation.JsonIgnore;
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

/**
 * The scores of a logistic regression that costs next to nothing, and their comparison with the released model's; its
 * components are keys of JSON.
 *
 * @param kind what the regression reads
 * @param c inverse strength of the L2 penalty, chosen by cross-validation on the training rows
 * @param classWeights likewise
 * @param terms words and pairs of words that the baseline knows; null for the encoder's vectors
 * @param pooling the vector that it reads, cls or mean; null for words
 * @param trainingRows that it was fitted to
 * @param splits its scores on dev and test, decided by a rule chosen on dev as the released model's is
 * @param comparison null if the rows define no score to compare by
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Baseline(
        @JsonIgnore Kind kind,
        double c,
        ClassWeights classWeights,
        Integer terms,
        String pooling,
        int trainingRows,
        Map<Split, Scores> splits,
        Comparison comparison) {
    /** What a baseline reads. */
    public enum Kind {
        /** TF-IDF of words and pairs of words. */
        WORDS("tfidf", "TF-IDF with logistic regression"),
        /** The vectors of the encoder as it was before fine-tuning. */
        FROZEN("frozen", "regression on the frozen encoder");

        private final String key;
        private final String title;

        Kind(String key, String title) {
            this.key = key;
            this.title = title;
        }

        /** The key in metrics.json. */
        public String key() {
            return key;
        }

        /** The name in tables and sentences. */
        public String title() {
            return title;
        }
    }

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
        String sentence(Kind kind) {
            String outcome = switch (verdict) {
                case BETTER -> "the released model is better than " + kind.title;
                case WORSE -> "the released model is worse than " + kind.title + ", which costs next to nothing";
                case NOT_DISTINGUISHABLE -> "the released model and " + kind.title + " are not distinguishable";
            };
            return Text.format("On %s, %s: %s %.4f against %.4f, difference %+.4f, from %+.4f to %+.4f with a"
                            + " confidence of 95 %%.%s",
                    split, outcome, measure, score, baselineScore, difference, low, high,
                    verdict == Verdict.WORSE
                            ? " Try --lexical auto, more epochs, another learning rate or more training rows."
                            : "");
        }
    }

    /** The comparison in a sentence; empty if the rows define no score to compare by. */
    public Optional<String> sentence() {
        return Optional.ofNullable(comparison).map(found -> found.sentence(kind));
    }

    /** The scores of all models in a table of lines, and the comparisons in sentences, for the command line. */
    public static List<String> lines(List<Baseline> baselines, Assessment released) {
        List<String> lines = new ArrayList<>();
        String measure = Metrics.selectionMeasure(released.model().network().task());
        released.splits().forEach((split, measured) -> {
            lines.add(line(split, measure, "released model", measured.metrics(), measured.details().intervals()));
            baselines.forEach(baseline -> {
                Scores scores = baseline.splits.get(split);
                lines.add(line(split, measure, baseline.kind.title, scores.metrics(), scores.intervals()));
            });
        });
        baselines.forEach(baseline -> baseline.sentence().ifPresent(lines::add));
        return lines;
    }

    private static String line(
            Split split, String measure, String model, Metrics metrics, Map<String, Interval> intervals) {
        Interval interval = intervals.get(measure);
        return Text.format("%-4s  %-33s  %s %s%s", split, model, measure,
                metrics.hasSelectionScore() ? Text.format("%.4f", metrics.selectionScore()) : "not defined",
                interval == null ? "" : Text.format(" (95 %%: %.4f to %.4f)", interval.low(), interval.high()));
    }

    /**
     * Measures a model of words against the released model.
     *
     * @param logits of each held-out split by models that were fitted without its rows, (N, C), row-major
     */
    public static Baseline of(
            WordModel words, Map<Split, float[]> logits, Splits<Rows> splits, LabelSet labels, DecisionConfig config,
            Assessment released) {
        return of(
                Kind.WORDS, words.settings(), words.terms(), null, words.training().size(), words.positiveWeights(),
                logits, splits, labels, config, released);
    }

    /**
     * Measures a head on the frozen encoder against the released model.
     *
     * @param logits of each held-out split by models that were fitted without its rows, (N, C), row-major
     */
    public static Baseline of(
            FrozenModel frozen, Map<Split, float[]> logits, Splits<Rows> splits, LabelSet labels, DecisionConfig config,
            Assessment released) {
        return of(
                Kind.FROZEN, frozen.settings(), null, frozen.pooling().title(), frozen.rows().length,
                frozen.positiveWeights(), logits, splits, labels, config, released);
    }

    private static Baseline of(
            Kind kind, Settings settings, Integer terms, String pooling, int trainingRows, float[] positiveWeights,
            Map<Split, float[]> logits, Splits<Rows> splits, LabelSet labels, DecisionConfig config,
            Assessment released) {
        DecisionRule rule = DecisionFitting.on(
                        new DecisionConfig(config.thresholdRule(), Optional.empty(), config.confidence()),
                        released.model().rule().labels(), labels, splits.dev(), logits.get(splits.chosenBy()),
                        positiveWeights)
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
                kind, settings.c(), settings.balanced() ? ClassWeights.BALANCED : ClassWeights.NONE, terms, pooling,
                trainingRows, scores, comparison);
    }
}
