package org.scibert.lexicon;

import java.util.List;
import org.scibert.io.Text;

/**
 * The released logits as a sum of two models' logits: {@code a · network + b · words + c}.
 *
 * @param network a of each logit, at least 0, (C)
 * @param words b of each logit, at least 0 and above it for one of them, (C)
 * @param intercepts c of each logit, (C)
 */
public record Blend(List<Double> network, List<Double> words, List<Double> intercepts) {
    public Blend {
        network = List.copyOf(network);
        words = List.copyOf(words);
        intercepts = List.copyOf(intercepts);
        if (network.size() != words.size() || words.size() != intercepts.size()) {
            throw new IllegalArgumentException(Text.format(
                    "a blend has three numbers for each logit, not %d, %d and %d",
                    network.size(), words.size(), intercepts.size()));
        }
        for (int c = 0; c < network.size(); c++) {
            double a = network.get(c);
            double b = words.get(c);
            if (!(a >= 0 && b >= 0 && Double.isFinite(a + b + intercepts.get(c)))) {
                throw new IllegalArgumentException(Text.format(
                        "a blend's factors must be numbers of at least 0, are %s and %s with the intercept %s",
                        a, b, intercepts.get(c)));
            }
        }
        if (words.stream().noneMatch(b -> b > 0)) {
            throw new IllegalArgumentException("a blend without words is no blend: leave it out");
        }
    }

    /** C, the number of logits. */
    public int outputs() {
        return words.size();
    }

    /** Whether no logit uses the network's. */
    public boolean isWordsAlone() {
        return network.stream().allMatch(a -> a == 0);
    }

    /**
     * Blends the logits of a text.
     *
     * @param network (C)
     * @param words (C)
     * @return (C)
     */
    public float[] apply(float[] network, float[] words) {
        float[] blended = new float[outputs()];
        for (int c = 0; c < blended.length; c++) {
            blended[c] = (float) (this.network.get(c) * network[c] + this.words.get(c) * words[c] + intercepts.get(c));
        }
        return blended;
    }
}
