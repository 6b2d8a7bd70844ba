package org.scibert.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PsiTest {
    private static final double CLOSE = 1e-12;

    /**
     * With half a text more in each of three bins the shares are 60.5, 30.5 and 10.5 of 101.5, and 30.5, 30.5 and 40.5:
     * (30.5 − 60.5) / 101.5 · ln(30.5 / 60.5) + 0 + (40.5 − 10.5) / 101.5 · ln(40.5 / 10.5).
     */
    @Test
    void byHand() {
        double expected = -30 / 101.5 * Math.log(30.5 / 60.5) + 30 / 101.5 * Math.log(40.5 / 10.5);

        assertThat(expected).isCloseTo(0.60143, within(1e-5));
        assertThat(Psi.of(new long[] {60, 30, 10}, new long[] {30, 30, 40})).isCloseTo(expected, within(CLOSE));
    }

    /** Shares of 0.5 and 10.5 of 11 change places: twice 10 / 11 · ln 21. */
    @Test
    void anEmptyBinHasAShareToo() {
        assertThat(Psi.of(new long[] {0, 10}, new long[] {10, 0}))
                .isCloseTo(2 * 10 / 11. * Math.log(21), within(CLOSE));
    }

    @Test
    void equalSharesOfManyTextsAreNoChange() {
        assertThat(Psi.of(new long[] {7, 7, 7}, new long[] {70, 70, 70})).isCloseTo(0, within(CLOSE));
        assertThat(Psi.of(new long[] {5}, new long[] {9})).isZero();
        assertThat(Psi.of(new long[] {1, 2}, new long[] {0, 0})).isPositive();
    }

    @Test
    void otherBinsAreRefused() {
        assertThatThrownBy(() -> Psi.of(new long[2], new long[3])).hasMessageContaining("2 and 3 bins");
    }
}
