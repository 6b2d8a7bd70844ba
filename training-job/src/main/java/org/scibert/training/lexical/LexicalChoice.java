package org.scibert.training.lexical;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.stream.Collectors;
import org.scibert.io.Text;
import org.scibert.lexicon.Blend;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Split;

/**
 * What a release decides by, and the scores that it was chosen by; its components are keys of JSON.
 *
 * @param released the candidate chosen
 * @param measure key of the score
 * @param scores of the candidates on dev, or out of fold in a cross-validation; those of blends by factors that were
 *     fitted without the row
 * @param rule how the scores chose
 * @param blend factors that are released; null without words
 * @param terms of the released lexicon; null without words
 * @param termsLearnt terms before those of small weights were left out; null if all were kept
 * @param pruningLoss the words' score on dev with all terms less that with those kept; null if all were kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LexicalChoice(
        Candidate released,
        String measure,
        Map<Candidate, Double> scores,
        String rule,
        Blend blend,
        Integer terms,
        Integer termsLearnt,
        Double pruningLoss) {
    /**
     * Chooses on dev, or on the out-of-fold answers to all rows in a cross-validation.
     *
     * <p>The frozen encoder and words are weighed against each other on {@link CandidateModels#wider}; the winner of
     * them, the trained encoder and its blend on {@link CandidateModels#chosenBy}.
     *
     * @param mode not {@link LexicalMode#OFF}
     */
    public static LexicalChoice of(
            LexicalMode mode, LabelSet labels, DecisionConfig decisions, CandidateModels models) {
        return new Choosing(mode, labels, decisions, models).choose();
    }

    /** Whether the release is the trained encoder alone, as without this choice. */
    @JsonIgnore
    public boolean isEncoderAlone() {
        return released == Candidate.ENCODER;
    }

    /**
     * What was chosen and why, in a sentence.
     *
     * @param chosenBy the rows of the scores
     */
    public String sentence(Split chosenBy) {
        return Text.format("released: %s; %s %s: %s; %s%s",
                released.title(), measure, chosenBy == Split.OUT_OF_FOLD ? "out of fold" : "on dev",
                scores.entrySet().stream()
                        .map(score -> Text.format("%s %.4f", score.getKey().title(), score.getValue()))
                        .collect(Collectors.joining(", ")),
                rule,
                termsLearnt == null ? "" : Text.format(
                        "; of %d terms the %d of the largest weights are kept, which costs the words %.4f",
                        termsLearnt, terms, pruningLoss));
    }
}
