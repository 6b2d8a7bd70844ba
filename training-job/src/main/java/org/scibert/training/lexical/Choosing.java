package org.scibert.training.lexical;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.io.Text;
import org.scibert.lexicon.Blend;
import org.scibert.training.baseline.Regressions;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.calibration.DecisionFitting;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.evaluation.PairedComparison;
import org.scibert.training.evaluation.PairedComparison.Answers;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

/** A choice under way: candidates with their logits of dev, of which one is released. */
final class Choosing {
    /** From so many positives of dev on, its scores are trusted enough to prefer the simpler of near equals. */
    private static final int MANY_POSITIVES = 100;
    /** A normal variable is less than one standard error above its mean with this probability. */
    private static final double ONE_STANDARD_ERROR = 0.8413;

    private final LexicalMode mode;
    private final LabelSet labels;
    private final DecisionConfig decisions;
    private final CandidateModels models;
    private final Rows chosenBy; // dev, or all rows in a cross-validation
    private final Map<Candidate, float[]> logits = new EnumMap<>(Candidate.class);
    private final Map<Candidate, Optional<Blend>> blends = new EnumMap<>(Candidate.class);

    Choosing(LexicalMode mode, LabelSet labels, DecisionConfig decisions, CandidateModels models) {
        this.mode = mode;
        this.labels = labels;
        this.decisions = decisions;
        this.models = models;
        this.chosenBy = models.chosenBy().rows();
        float[] words = models.chosenBy().words();
        logits.put(Candidate.ENCODER, models.encoder());
        logits.put(Candidate.FROZEN, models.chosenBy().frozen());
        logits.put(Candidate.WORDS, words);
        logits.put(Candidate.ENCODER_AND_WORDS, BlendFitting.outOfFold(labels, chosenBy, models.encoder(), words));
        blends.put(Candidate.ENCODER_AND_WORDS, BlendFitting.fit(labels, chosenBy, models.encoder(), words));
        blends.put(Candidate.WORDS, Optional.of(wordsAlone(Regressions.outputs(labels))));
        untrained(models.wider());
    }

    private static Blend wordsAlone(int outputs) {
        return new Blend(
                Collections.nCopies(outputs, 0.), Collections.nCopies(outputs, 1.),
                Collections.nCopies(outputs, 0.));
    }

    /** Keeps the best of the frozen encoder, words and their blend, by all rows that none of them was trained on. */
    private void untrained(CandidateModels.Untrained wider) {
        Rows rows = wider.rows();
        float[] blended = BlendFitting.outOfFold(labels, rows, wider.frozen(), wider.words());
        blends.put(Candidate.FROZEN_AND_WORDS, BlendFitting.fit(labels, rows, wider.frozen(), wider.words()));
        logits.put(Candidate.FROZEN_AND_WORDS, Arrays.copyOfRange(
                blended, blended.length - models.encoder().length, blended.length));
        Map<Candidate, Double> scores = new EnumMap<>(Candidate.class);
        scores.put(Candidate.FROZEN, score(rows, wider.frozen(), models.frozen().positiveWeights()));
        scores.put(Candidate.WORDS, score(rows, wider.words(), models.words().positiveWeights()));
        scores.put(Candidate.FROZEN_AND_WORDS, score(rows, blended, models.labelWeights(Candidate.FROZEN_AND_WORDS)));
        Candidate best = best(scores.keySet().stream().filter(this::isPossible).toList(), scores);
        scores.keySet().stream().filter(candidate -> candidate != best).forEach(logits::remove);
    }

    LexicalChoice choose() {
        Map<Candidate, Double> scores = new EnumMap<>(Candidate.class);
        logits.forEach((candidate, own) ->
                scores.put(candidate, score(chosenBy, own, models.labelWeights(candidate))));
        List<Candidate> possible = logits.keySet().stream().filter(this::isPossible).toList();
        if (possible.isEmpty()) {
            return choice(Candidate.ENCODER, scores, "words add nothing");
        }
        Candidate best = best(possible, scores);
        int positives = positives();
        if (positives < MANY_POSITIVES) {
            return ofFew(best, possible, scores, Text.count(positives, "positive"));
        }
        Candidate simplest = possible.stream()
                .filter(candidate -> candidate == best || !isWorse(candidate, best))
                .findFirst()
                .orElse(best);
        return choice(simplest, scores, simplest == best
                ? "the best"
                : Text.format("simpler than \"%s\" and within one standard error of it", best.title()));
    }

    /**
     * Takes the best, unless it needs the fine-tuned encoder and is not better by a standard error than what needs
     * none: the encoder's best epoch was chosen on the same few rows, and the other's choice rests on more.
     */
    private LexicalChoice ofFew(
            Candidate best, List<Candidate> possible, Map<Candidate, Double> scores, String positives) {
        Optional<Candidate> untrained = possible.stream()
                .filter(candidate -> !candidate.isFineTuned())
                .filter(candidate -> best.isFineTuned() && models.hasWiderRows() && !isWorse(candidate, best))
                .findFirst();
        return untrained.isPresent()
                ? choice(untrained.get(), scores, Text.format(
                        "within one standard error of \"%s\", whose epoch was chosen on the same %s", best.title(),
                        positives))
                : choice(best, scores, Text.format("the best, as there are only %s to choose by", positives));
    }

    private LexicalChoice choice(Candidate released, Map<Candidate, Double> scores, String rule) {
        String measure = Metrics.selectionMeasure(labels.task());
        if (!released.hasWords()) {
            return new LexicalChoice(released, measure, scores, rule, null, null, null, null);
        }
        int kept = models.words().lexicon().tfIdf().size();
        boolean pruned = kept < models.words().terms();
        Double loss = !pruned ? null : Double.valueOf(
                score(chosenBy, models.allTerms(), models.words().positiveWeights())
                        - score(chosenBy, models.chosenBy().words(), models.words().positiveWeights()));
        return new LexicalChoice(
                released, measure, scores, rule, blends.get(released).orElseThrow(), kept,
                pruned ? models.words().terms() : null, loss);
    }

    /** A blend whose words would not count is none; with {@link LexicalMode#ON}, only blends are wanted. */
    private boolean isPossible(Candidate candidate) {
        return candidate.hasWords() ? blends.get(candidate).isPresent() : mode == LexicalMode.AUTO;
    }

    /** The best score, the simplest of equals. */
    private static Candidate best(List<Candidate> candidates, Map<Candidate, Double> scores) {
        return candidates.stream()
                .sorted()
                .reduce((best, next) -> scores.get(next) > scores.get(best) ? next : best)
                .orElse(Candidate.WORDS);
    }

    private boolean isWorse(Candidate candidate, Candidate best) {
        return PairedComparison.of(answers(best), answers(candidate), labels, chosenBy, ONE_STANDARD_ERROR)
                .map(found -> found.low() > 0)
                .orElse(false);
    }

    private Answers answers(Candidate candidate) {
        return new Answers(
                rule(chosenBy, logits.get(candidate), models.labelWeights(candidate)), logits.get(candidate));
    }

    private double score(Rows rows, float[] logits, float[] weights) {
        Metrics metrics = MeasuredSplit.of(rule(rows, logits, weights), labels, rows, logits).metrics();
        return metrics.hasSelectionScore() ? metrics.selectionScore() : 0;
    }

    /** The rule whose thresholds are chosen on the rows themselves, as for every candidate. */
    private DecisionRule rule(Rows rows, float[] logits, float[] weights) {
        DecisionConfig config =
                new DecisionConfig(decisions.thresholdRule(), Optional.empty(), decisions.confidence());
        return DecisionFitting.on(config, labels.labels(), labels, rows, logits, weights).rule();
    }

    /** Dev rows of the rarer side of the label that has fewest. */
    private int positives() {
        return IntStream.range(0, Regressions.outputs(labels))
                .map(c -> {
                    boolean[] positive = Regressions.positive(labels, chosenBy, c);
                    int count = (int) IntStream.range(0, positive.length).filter(i -> positive[i]).count();
                    return labels.task() == Task.BINARY ? Math.min(count, positive.length - count) : count;
                })
                .min()
                .orElse(0);
    }
}
