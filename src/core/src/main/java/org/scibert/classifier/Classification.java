package org.scibert.classifier;

import org.scibert.decision.Decision;

/**
 * The model's answer for one text, and how much of the text was read.
 *
 * @param decision labels and probabilities
 * @param logits the network's output, (C)
 * @param tokensUsed tokens read, [CLS] and [SEP] included
 * @param tokensTotal tokens the whole text has, [CLS] and [SEP] included
 */
public record Classification(Decision decision, float[] logits, int tokensUsed, int tokensTotal) {
    /** Whether the end of the text was cut off. */
    public boolean truncated() {
        return tokensUsed < tokensTotal;
    }
}
