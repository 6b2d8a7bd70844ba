package org.scibert.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ClopperPearsonTest {
    private static final Offset<Double> TOLERANCE = within(1e-12);

    @Test
    void boundsAreTheBetaQuantilesThatSciPyGives() {
        // scipy.stats.beta.ppf(0.05, k, n - k + 1)
        assertThat(ClopperPearson.lower(95, 100, 0.95)).isEqualTo(0.8977466223567255, TOLERANCE);
        assertThat(ClopperPearson.lower(8, 10, 0.95)).isEqualTo(0.4930986989367976, TOLERANCE);
        assertThat(ClopperPearson.lower(1, 10, 0.95)).isEqualTo(0.005116196891823701, TOLERANCE);
        assertThat(ClopperPearson.lower(300, 306, 0.95)).isEqualTo(0.9616680733215441, TOLERANCE);
        assertThat(ClopperPearson.lower(8, 10, 0.90)).isEqualTo(0.5503961113264141, TOLERANCE);
        // scipy.stats.beta.ppf(0.95, k + 1, n - k)
        assertThat(ClopperPearson.upper(2, 10, 0.95)).isEqualTo(0.5069013010632024, TOLERANCE);
        assertThat(ClopperPearson.upper(5, 200, 0.95)).isEqualTo(0.05184333912029053, TOLERANCE);
    }

    @Test
    void withoutAMissTheBoundIsTheRootOfWhatConfidenceLeaves() {
        assertThat(ClopperPearson.lower(59, 59, 0.95)).isEqualTo(Math.pow(0.05, 1. / 59), TOLERANCE);
        assertThat(ClopperPearson.upper(0, 10, 0.95)).isEqualTo(1 - Math.pow(0.05, 0.1), TOLERANCE);
        assertThat(ClopperPearson.lower(0, 10, 0.95)).isZero();
        assertThat(ClopperPearson.upper(10, 10, 0.95)).isEqualTo(1);
    }

    @Test
    void fiftyNinePositivesAreTheFewestThatShowARecallOf95Percent() {
        assertThat(ClopperPearson.rowsNeeded(0.95, 0.95)).isEqualTo(59);
        assertThat(ClopperPearson.lower(59, 59, 0.95)).isGreaterThanOrEqualTo(0.95);
        assertThat(ClopperPearson.lower(58, 58, 0.95)).isLessThan(0.95);
        assertThat(ClopperPearson.rowsNeeded(0.5, 0.75)).isEqualTo(2); // 1 - 0.5² = 0.75 exactly
    }
}
