package org.scibert.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
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
        assertThatThrownBy(() -> new Encoding(new long[2], List.of("a"), List.of(Span.NONE, Span.NONE), 2, false))
                .hasMessage("2 input ids, 1 tokens and 2 spans are not as many of each");
        assertThatThrownBy(() -> new Encoding(new long[1], List.of("a"), List.of(Span.NONE), 2, false))
                .hasMessage("1 tokens used of 2 can't be with truncated = false");
        assertThatThrownBy(() -> new Span(3, 2)).hasMessage("span [3, 2) is not 0 <= start <= end");
    }

    private static Encoding row(long... ids) {
        return new Encoding(ids, Collections.nCopies(ids.length, "x"), Collections.nCopies(ids.length, Span.NONE),
                ids.length, false);
    }
}
