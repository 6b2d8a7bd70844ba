package org.scibert.lexicon;

import java.util.List;

/** A lexicon small enough to work out by hand: three terms, factors 1, 1 and 2. */
public final class TinyLexicon {
    private TinyLexicon() {}

    /**
     * With the weights 3, −1 and 2 and the intercept −0.5 for the first logit; the others have those of the next terms.
     */
    public static Lexicon of(int outputs) {
        float[][] weights = new float[outputs][];
        float[] intercepts = new float[outputs];
        float[] values = {3, -1, 2};
        for (int c = 0; c < outputs; c++) {
            weights[c] = new float[] {values[c % 3], values[(c + 1) % 3], values[(c + 2) % 3]};
            intercepts[c] = -0.5f - c;
        }
        return new Lexicon(
                new TfIdf(List.of("cell", "cell method", "study"), new float[] {1, 1, 2}), weights, intercepts);
    }
}
