package org.scibert.lexicon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlendTest {
    @Test
    void sumsByHand() {
        Blend blend = new Blend(List.of(0.5, 0.), List.of(2., 1.), List.of(-1., 0.25));
        assertThat(blend.apply(new float[] {4, 7}, new float[] {1, -3})).containsExactly(3f, -2.75f);
        assertThat(blend.isWordsAlone()).isFalse();
        assertThat(new Blend(List.of(0.), List.of(1.), List.of(0.)).isWordsAlone()).isTrue();
    }

    @Test
    void factorsBelowZeroAndBlendsWithoutWordsAreRefused() {
        assertThatThrownBy(() -> new Blend(List.of(-0.5), List.of(1.), List.of(0.)))
                .hasMessageContaining("at least 0, are -0.5 and 1.0");
        assertThatThrownBy(() -> new Blend(List.of(1.), List.of(0.), List.of(0.)))
                .hasMessageContaining("leave it out");
        assertThatThrownBy(() -> new Blend(List.of(1.), List.of(1., 1.), List.of(0.)))
                .hasMessageContaining("not 1, 2 and 1");
    }
}
