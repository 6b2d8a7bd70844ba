package org.scibert.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    @Test
    void eachLogitHasItsLine() {
        Calibration platt = new Calibration(List.of(2., 0.5), List.of(-1., 3.));
        assertThat(platt.apply(new float[] {1, 1, -2, 4})).containsExactly(1, 3.5, -5, 5);
    }

    @Test
    void aTemperatureOfTwoHalvesEveryLogit() {
        assertThat(Calibration.temperature(2, 3).apply(new float[] {1, -3, 8})).containsExactly(0.5, -1.5, 4);
        // softmax of (ln 9, 0) is .9 and .1; of (ln 3, 0) .75 and .25
        DecisionRule rule = new DecisionRule(
                Task.MULTI_CLASS, List.of("a", "b"), Calibration.temperature(2, 2), List.of(), Optional.empty());
        assertThat(rule.decide(new float[] {(float) Math.log(9), 0}).probabilities().get("a"))
                .isEqualTo(0.75, within(1e-7));
    }

    @Test
    void noneLeavesLogitsAsTheyAre() {
        assertThat(Calibration.none(2).apply(new float[] {0.1f, -7})).containsExactly(0.1f, -7);
        assertThat(Calibration.none(2).isNone()).isTrue();
        assertThat(Calibration.temperature(1, 2).isNone()).isTrue();
        assertThat(Calibration.temperature(1.1, 2).isNone()).isFalse();
    }

    @Property(seed = "4")
    void calibratedProbabilitiesAreMonotoneInTheLogit(
            @ForAll @FloatRange(min = -50, max = 50) float a,
            @ForAll @FloatRange(min = -50, max = 50) float b,
            @ForAll @DoubleRange(min = 0.01, max = 100) double slope,
            @ForAll @DoubleRange(min = -20, max = 20) double intercept) {
        double[] z = new Calibration(List.of(slope), List.of(intercept))
                .apply(new float[] {Math.min(a, b), Math.max(a, b)});
        assertThat(Probabilities.sigmoid(z[0])).isLessThanOrEqualTo(Probabilities.sigmoid(z[1]));
    }

    @Test
    void whatWouldTurnTheOrderAroundIsRefused() {
        assertThatThrownBy(() -> new Calibration(List.of(-1.), List.of(0.)))
                .hasMessage("a calibration's slope must be a number above 0, is -1.0");
        assertThatThrownBy(() -> Calibration.temperature(0, 1)).hasMessageEndingWith("above 0, is Infinity");
        assertThatThrownBy(() -> new Calibration(List.of(1.), List.of(Double.NaN)))
                .hasMessage("a calibration's intercept must be a number, is NaN");
        assertThatThrownBy(() -> new Calibration(List.of(1., 1.), List.of(0.)))
                .hasMessage("2 slopes and 1 intercepts are no calibration; each logit has one of both");
        assertThatThrownBy(() -> Calibration.none(2).apply(new float[3])).hasMessage("3 logits are not rows of 2");
    }
}
