package org.scibert.classifier;

import org.scibert.decision.Decision;

/**
 * What the model says of one text, and how much of it was read.
 *
 * @param decision labels and probabilities
 * @param logits the network's own answer, (C)
 * @param tokensUsed tokens read, [CLS] and [SEP] included
 * @param tokensTotal tokens the whole text has, [CLS] and [SEP] included
 */
public record Classification(Decision decision, float[] logits, int tokensUsed, int tokensTotal) {
    /** Whether the end of the text was not read. */
    public boolean truncated() {
        return tokensUsed < tokensTotal;
    }
}
