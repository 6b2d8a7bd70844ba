package org.scibert.training.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {
    @Test
    void kappaByHand() {
        // Observed (20 + 15) / 50 = 0.7; by chance 25/50 · 30/50 + 25/50 · 20/50 = 0.5; (0.7 − 0.5) / (1 − 0.5) = 0.4
        Agreement agreement = new Agreement(List.of("1", "0"), List.of(List.of(20, 5), List.of(10, 15)));
        assertThat(agreement.records()).isEqualTo(50);
        assertThat(agreement.observed()).isEqualTo(0.7, within(1e-12));
        assertThat(agreement.kappa().getAsDouble()).isEqualTo(0.4, within(1e-12));
        assertThat(agreement.adjusted()).isEqualTo(2 * 0.7 - 1, within(1e-12));
        assertThat(agreement.first(0)).isEqualTo(0.5, within(1e-12));
        assertThat(agreement.second(0)).isEqualTo(0.6, within(1e-12));
        // Σ on the diagonal 0.4 (1 − 1.1 · 0.6)² + 0.3 (1 − 0.9 · 0.6)²; beside it 0.6² (0.1 · (0.6 + 0.5)² + 0.2 ·
        // (0.4 + 0.5)²); less (0.4 − 0.5 · 0.6)²; the error is the root of that / 50, over 0.5
        double variance = 0.4 * Math.pow(1 - 1.1 * 0.6, 2) + 0.3 * Math.pow(1 - 0.9 * 0.6, 2)
                + 0.36 * (0.1 * Math.pow(1.1, 2) + 0.2 * Math.pow(0.9, 2)) - Math.pow(0.1, 2);
        double error = Math.sqrt(variance / 50) / 0.5;
        assertThat(agreement.interval().get().low()).isEqualTo(0.4 - 1.959963984540054 * error, within(1e-12));
        assertThat(agreement.interval().get().high()).isEqualTo(0.4 + 1.959963984540054 * error, within(1e-12));
    }

    /** The example of SAS's documentation of PROC FREQ: two dermatologists, 88 patients, four grades. */
    @Test
    void kappaOfFourLabelsIsThatOfSas() {
        Agreement agreement = new Agreement(
                List.of("terrible", "poor", "marginal", "clear"),
                List.of(List.of(10, 4, 1, 0), List.of(5, 10, 12, 2), List.of(2, 4, 12, 5), List.of(0, 2, 6, 13)));
        assertThat(agreement.records()).isEqualTo(88);
        assertThat(agreement.kappa().getAsDouble()).isEqualTo(0.3449, within(5e-5));
        assertThat(agreement.interval().get().low()).isEqualTo(0.2030, within(5e-5));
        assertThat(agreement.interval().get().high()).isEqualTo(0.4868, within(5e-5));
    }

    @Test
    void extremes() {
        Agreement all = new Agreement(List.of("1", "0"), List.of(List.of(3, 0), List.of(0, 7)));
        assertThat(all.kappa().getAsDouble()).isEqualTo(1, within(1e-12));
        assertThat(all.interval()).contains(new Agreement.Interval(1, 1));
        Agreement none = new Agreement(List.of("1", "0"), List.of(List.of(0, 5), List.of(5, 0)));
        assertThat(none.kappa().getAsDouble()).isEqualTo(-1, within(1e-12));
        Agreement one = new Agreement(List.of("0"), List.of(List.of(9)));
        assertThat(one.kappa()).isEmpty();
        assertThat(one.interval()).isEmpty();
        assertThat(one.adjusted()).isEqualTo(1, within(1e-12));
        assertThatThrownBy(() -> new Agreement(List.of("1", "0"), List.of(List.of(9))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
