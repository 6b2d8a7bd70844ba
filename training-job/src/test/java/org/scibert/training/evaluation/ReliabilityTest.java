package org.scibert.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ReliabilityTest {
    private static final Offset<Double> TOLERANCE = within(1e-12);

    @Test
    void thirtyRowsAreFifteenBinsOfTwo() {
        double[] p = IntStream.range(0, 30).mapToDouble(i -> i / 30.).toArray();
        boolean[] positive = new boolean[30];
        positive[29] = true;
        positive[28] = true;
        List<Reliability.Bin> bins = bins(p, positive);
        assertThat(bins).hasSize(15);
        assertThat(bins).allMatch(bin -> bin.rows() == 2);
        assertThat(bins.get(0).predicted()).isEqualTo(0.5 / 30, TOLERANCE);
        assertThat(bins.get(14)).isEqualTo(new Reliability.Bin(2, (28 / 30. + 29 / 30.) / 2, 1));
        // below: the mean of 0 … 27 thirtieths too much for 28 of 30 rows; above: 1.5 thirtieths too little for 2
        assertThat(Reliability.error(bins)).isEqualTo((28 * 13.5 / 30 + 2 * 1.5 / 30) / 30, TOLERANCE);
    }

    @Test
    void rowsOfEqualProbabilityStayTogether() {
        List<Reliability.Bin> bins = bins(
                new double[] {0.2, 0.2, 0.2, 0.2, 0.2, 0.7, 0.7},
                new boolean[] {true, false, false, false, false, true, true});
        assertThat(bins).usingRecursiveComparison()
                .withComparatorForType((Double a, Double b) -> Math.abs(a - b) < 1e-12 ? 0 : 1, Double.class)
                .isEqualTo(List.of(new Reliability.Bin(5, 0.2, 0.2), new Reliability.Bin(2, 0.7, 1)));
        assertThat(Reliability.error(bins)).isEqualTo(2 * 0.3 / 7, TOLERANCE);
    }

    @Test
    void oneRowIsOneBin() {
        assertThat(bins(new double[] {0.25}, new boolean[1])).containsExactly(new Reliability.Bin(1, 0.25, 0));
    }

    private static List<Reliability.Bin> bins(double[] p, boolean[] positive) {
        return Reliability.bins(new Ranking(p, positive), x -> x);
    }
}
