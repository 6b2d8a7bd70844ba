package org.scibert.lexicon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TfIdfTest {
    @Test
    void termsAreWordsAndPairsOfNeighbours() {
        assertThat(TfIdf.terms("A cell of of mice"))
                .containsExactly("cell", "of", "cell of", "of", "of of", "mice", "of mice");
    }

    @Test
    void valuesByHand() {
        TfIdf terms = new TfIdf(List.of("cell", "cell of", "of"), new float[] {1, 1, 2});
        // "of" twice: 2 · (1 + ln 2); "of of", "mice" and "of mice" are not known.
        TfIdf.Vector vector = terms.vector("a cell of of mice");
        double twice = 2 * (1 + Math.log(2));
        double length = Math.sqrt(1 + 1 + twice * twice);
        assertThat(vector.columns()).containsExactly(0, 1, 2);
        assertThat(vector.values()).containsExactly(
                new double[] {1 / length, 1 / length, twice / length}, within(1e-12));
    }

    @Test
    void aTextWithoutKnownTermsIsEmpty() {
        TfIdf terms = new TfIdf(List.of("mice"), new float[] {1});
        assertThat(terms.vector("? x 漢").columns()).isEmpty();
        assertThat(terms.vector("").values()).isEmpty();
    }

    @Test
    void aTermThatStandsTwiceOrHasNoFactorIsRefused() {
        assertThatThrownBy(() -> new TfIdf(List.of("mice", "mice"), new float[2]))
                .hasMessage("the term \"mice\" stands twice");
        assertThatThrownBy(() -> new TfIdf(List.of("mice"), new float[2]))
                .hasMessageContaining("there are 1 terms and 2 frequencies");
    }
}
