package org.scibert.training.lexical;

import java.util.Arrays;
import org.scibert.training.baseline.FrozenModel;
import org.scibert.training.baseline.PooledVectors;
import org.scibert.training.baseline.WordModel;

/**
 * The models that a release may be made of.
 *
 * @param encoder logits of dev by the encoder that the job trained, (N, C) row-major
 * @param encoderWeights of labels in the loss that it was trained by, (C)
 * @param vectors of the encoder before fine-tuning
 */
public record CandidateModels(
        float[] encoder, float[] encoderWeights, WordModel words, FrozenModel frozen, PooledVectors vectors) {

    /**
     * The weights of labels in the loss that a candidate's logits come from, (C): what a calibration with too few rows for
     * more takes away. A blend's logits come from a loss without weights.
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
