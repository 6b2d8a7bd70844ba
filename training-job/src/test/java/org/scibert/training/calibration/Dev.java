package org.scibert.training.calibration;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.scibert.training.evaluation.Ranking;

/** Rankings for tests of what is chosen by them. */
final class Dev {
    private Dev() {}

    /**
     * @param percents probabilities, in hundredths
     * @param positive 1 for positive
     */
    static Ranking ranking(int[] percents, int... positive) {
        double[] scores = new double[percents.length];
        boolean[] is = new boolean[percents.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = percents[i] / 100.;
            is[i] = positive[i] == 1;
        }
        return new Ranking(scores, is);
    }

    /** Rows with high scores for positives and low ones for negatives, and some not so. */
    static Arbitrary<Ranking> rankings(int mostRows) {
        Arbitrary<int[]> row = Combinators.combine(
                        Arbitraries.integers().between(0, 100), Arbitraries.integers().between(0, 100))
                .as((percent, noise) -> new int[] {percent, noise < percent ? 1 : 0});
        return row.list().ofMinSize(1).ofMaxSize(mostRows).map(Dev::ranking);
    }

    private static Ranking ranking(List<int[]> rows) {
        return ranking(
                rows.stream().mapToInt(row -> row[0]).toArray(), rows.stream().mapToInt(row -> row[1]).toArray());
    }
}
