package org.scibert.training.lexical;

import java.util.Arrays;
import org.scibert.training.baseline.FrozenModel;
import org.scibert.training.baseline.WordModel;
import org.scibert.training.rows.Rows;

/**
 * The models that a release may be made of, and their logits of rows that they were not trained on. N rows, C logits.
 *
 * @param encoder logits of the chosen rows by the encoder that the job trained, (N, C) row-major
 * @param encoderWeights of labels in the loss that it was trained by, (C)
 * @param chosenBy the rows that a release is chosen by: dev, or all in a cross-validation
 * @param allTerms logits of those rows by words before terms of small weights were left out, (N, C) row-major
 * @param wider more rows that the frozen encoder and words are weighed against each other on, those of {@code chosenBy}
 *     last
 */
public record CandidateModels(
        float[] encoder, float[] encoderWeights, WordModel words, FrozenModel frozen, Untrained chosenBy,
        float[] allTerms, Untrained wider) {

    /**
     * Logits that need no fine-tuning.
     *
     * @param frozen by the head on the encoder before fine-tuning, (N, C) row-major
     * @param words by the lexicon, (N, C) row-major
     */
    public record Untrained(Rows rows, float[] frozen, float[] words) {}

    /**
     * Whether what needs no fine-tuning is weighed on more rows than the fine-tuned encoder; not in a cross-validation.
     */
    boolean hasWiderRows() {
        return wider.rows().size() > chosenBy.rows().size();
    }

    /**
     * The weights of labels in the loss that a candidate's logits come from, (C): what a calibration with too few rows
     * for more takes away. A blend's logits come from a loss without weights.
     */
    public float[] labelWeights(Candidate candidate) {
        return switch (candidate) {
            case ENCODER -> encoderWeights;
            case FROZEN -> frozen.positiveWeights();
            case WORDS -> words.positiveWeights();
            case ENCODER_AND_WORDS, FROZEN_AND_WORDS -> {
                float[] ones = new float[encoderWeights.length];
                Arrays.fill(ones, 1);
                yield ones;
            }
        };
    }
}
