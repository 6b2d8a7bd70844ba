package org.scibert.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
    @Test
    void rowsArePaddedToTheLongest() {
        Batch batch = Batch.of(List.of(row(101, 7, 8, 102), row(101, 102), row(101, 9, 102)), 5);
        assertThat(batch.rows()).isEqualTo(3);
        assertThat(batch.columns()).isEqualTo(4);
        assertThat(batch.inputIds()).containsExactly(
                101, 7, 8, 102,
                101, 102, 5, 5,
                101, 9, 102, 5);
        assertThat(batch.attentionMask()).containsExactly(
                1, 1, 1, 1,
                1, 1, 0, 0,
                1, 1, 1, 0);
        assertThat(batch.realTokens()).isEqualTo(9);
        assertThat(batch.paddingShare()).isEqualTo(0.25, within(1e-12));
    }

    @Test
    void aBatchOfNothingIsRefused() {
        assertThatThrownBy(() -> Batch.of(List.of(), 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a batch of 0 x 0 holds nothing");
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> new Batch(2, 3, new long[6], new long[5]))
                .hasMessage("a batch of 2 x 3 needs 6 ids and as many mask values, got 6 and 5");
        assertThatThrownBy(() -> new TokenizedText(new Encoding(new int[2], 2), List.of("a"), List.of()))
                .hasMessage("2 input ids, 1 tokens and 0 spans are not as many of each");
        assertThatThrownBy(() -> new Encoding(new int[3], 2)).hasMessage("an encoding of 3 tokens can't stand for a "
                + "text of 2; it has from 2, [CLS] and [SEP], to all of them");
        assertThatThrownBy(() -> new Encoding(new int[1], 2)).hasMessageStartingWith("an encoding of 1 tokens");
        assertThatThrownBy(() -> new Span(3, 2)).hasMessage("span [3, 2) is not 0 <= start <= end");
    }

    private static Encoding row(int... ids) {
        return new Encoding(ids, ids.length);
    }
}
