package org.scibert.explain;

import java.util.List;

/**
 * What the parts of one text contribute to a logit. Positive contributions raise it.
 *
 * @param method how it was worked out
 * @param output which logit, from 0 to C − 1
 * @param logit of the whole text, before calibration, in the precision that is served
 * @param words in the text's order, where the method looked at them
 * @param sentences in the text's order
 * @param passes rows that went through the network
 * @param error of integrated gradients: the share of the difference to a text of padding that the contributions do not
 *     add up to, 0 being complete; NaN for occlusion, whose contributions need not add up
 */
public record Explanation(
        Method method,
        int output,
        float logit,
        List<Part> words,
        List<Part> sentences,
        int passes,
        double error) {
    public Explanation {
        words = List.copyOf(words);
        sentences = List.copyOf(sentences);
    }

    /** How contributions are worked out. */
    public enum Method {
        /** A part's contribution is the fall of the logit when [MASK] stands for its tokens. */
        OCCLUSION,
        /** Integrated gradients on the word embeddings, from [PAD] (Sundararajan et al. 2017). */
        INTEGRATED_GRADIENTS
    }

    /**
     * A part of the text.
     *
     * @param start first UTF-16 unit
     * @param end after the last one
     * @param contribution to the logit
     */
    public record Part(int start, int end, double contribution) {}
}
