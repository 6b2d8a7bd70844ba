package org.scibert.training.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TfIdfTest {
    @Test
    void valuesByHand() {
        // Of both texts: "cell", "of", "cell of"; "a" has one letter, and the others stand in one text only.
        TfIdf terms = TfIdf.of(List.of("A cell of of mice", "Cell OF, rats"));
        assertThat(terms.size()).isEqualTo(3);

        // In the order of the alphabet: cell, "cell of", of; each has ln(3 / 3) + 1 = 1, "of" twice 1 + ln 2.
        TfIdf.Vector vector = terms.vector("a cell of of mice");
        double twice = 1 + Math.log(2);
        double length = Math.sqrt(1 + 1 + twice * twice);
        assertThat(vector.columns()).containsExactly(0, 1, 2);
        assertThat(vector.values()).containsExactly(
                new double[] {1 / length, 1 / length, twice / length}, within(1e-12));
    }

    @Test
    void aTermOfFewerTextsWeighsMore() {
        TfIdf terms = TfIdf.of(List.of("mice rats", "mice", "rats", "mice"));
        // mice: ln(5 / 4) + 1; rats: ln(5 / 3) + 1; "mice rats" stands in one text only
        double mice = Math.log(5 / 4.) + 1;
        double rats = Math.log(5 / 3.) + 1;
        double length = Math.hypot(mice, rats);
        assertThat(terms.vector("rats mice").values()).containsExactly(
                new double[] {mice / length, rats / length}, within(1e-12));
    }

    @Test
    void aTextWithoutKnownTermsIsEmpty() {
        TfIdf terms = TfIdf.of(List.of("mice", "mice"));
        assertThat(terms.vector("? x 漢").columns()).isEmpty();
        assertThat(terms.vector("").values()).isEmpty();
    }
}
