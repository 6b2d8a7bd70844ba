package org.scibert.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HalfTest {
    @Test
    void everyHalfHasTheValueOfIeee754() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            int exponent = (bits >> 10) & 31;
            double fraction = (bits & 1023) / 1024.0;
            double magnitude = exponent == 31
                    ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                    : exponent == 0 ? fraction * 0x1p-14 : (1 + fraction) * Math.pow(2, exponent - 15);
            float expected = (float) (bits >> 15 == 0 ? magnitude : -magnitude);
            // equals() of Float: NaN is NaN, and minus zero is not zero.
            assertThat((Float) Half.toFloat((short) bits)).as("half %04x", bits).isEqualTo((Float) expected);
        }
    }

    @Test
    void everyFiniteHalfComesBackAndWhatLiesBetweenGoesToTheNearest() {
        for (int bits = 0; bits < 0x7c00; bits++) {
            float value = Half.toFloat((short) bits);
            assertThat(Half.of(value)).as("half %04x", bits).isEqualTo((short) bits);
            assertThat(Half.of(-value)).isEqualTo((short) (bits | 0x8000));
            if (bits > 0) {
                float below = Half.toFloat((short) (bits - 1));
                float tie = (below + value) / 2;
                assertThat(Half.of(Math.nextDown(tie))).isEqualTo((short) (bits - 1));
                assertThat(Half.of(tie)).as("tie to even").isEqualTo((short) (bits % 2 == 0 ? bits : bits - 1));
                assertThat(Half.of(Math.nextUp(tie))).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void whatIsBeyondTheHalvesIsRefused() {
        assertThatThrownBy(() -> Half.of(65520)).hasMessage("65520.0 is not within the halves, which end at 65504.0");
        assertThatThrownBy(() -> Half.of(Float.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
