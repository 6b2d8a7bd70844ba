package org.scibert.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.scibert.decision.ReviewBand;
import org.scibert.decision.Verdict;
import org.scibert.training.evaluation.Ranking;

class ErrorBudgetTest {
    private static final Offset<Double> TOLERANCE = within(1e-12);

    @Test
    void theBandByHand() {
        // 0.9 … 0.1: the middle three are mixed up. With confidence 0.5 a share of 0 of n is at most 1 - 0.5^(1/n):
        // 0.109 for 6, and 1 of 7 is 0.23
        Ranking ranking = Dev.ranking(new int[] {90, 80, 70, 60, 50, 40, 30, 20, 10}, 1, 1, 1, 0, 1, 0, 0, 0, 0);
        FittedDecisions.Band band = ErrorBudget.choose(ranking, 0.65, 0.11, 0.5);
        assertThat(band.included()).isEqualTo(FittedDecisions.Side.of(3, 0, 0.5));
        assertThat(band.excluded()).isEqualTo(FittedDecisions.Side.of(4, 0, 0.5));
        assertThat(band.decided().upperBound()).isEqualTo(1 - Math.pow(0.5, 1. / 7), TOLERANCE);
        assertThat(band.asked()).isEqualTo(2);
        assertThat(band.low()).isEqualTo(0.45, TOLERANCE);
        assertThat(band.high()).isEqualTo(0.65, TOLERANCE);
        assertThat(band.note()).isNull();
    }

    @Test
    void withABudgetForEveryErrorNobodyIsAsked() {
        Ranking ranking = Dev.ranking(new int[] {90, 60, 40, 10}, 1, 0, 1, 0);
        FittedDecisions.Band band = ErrorBudget.choose(ranking, 0.5, 0.99, 0.5);
        assertThat(band.asked()).isZero();
        assertThat(band.low()).isEqualTo(0.5);
        assertThat(band.high()).isEqualTo(0.5);
        assertThat(band.decided().wrong()).isEqualTo(2);
        assertThat(band.included().wrong()).isEqualTo(1);
        assertThat(band.excluded().wrong()).isEqualTo(1);
    }

    @Test
    void rowsAtTheThresholdItselfAreAsked() {
        Ranking ranking = Dev.ranking(new int[] {90, 50, 10}, 1, 1, 0);
        FittedDecisions.Band band = ErrorBudget.choose(ranking, 0.5, 0.9, 0.5);
        assertThat(band.asked()).isEqualTo(1);
        assertThat(band.low()).isLessThanOrEqualTo(0.5);
        assertThat(band.high()).isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void whereAllScoresLieOnOneSideTheBandEndsAtTheThreshold() {
        FittedDecisions.Band below = ErrorBudget.choose(Dev.ranking(new int[] {30, 20}, 0, 0), 0.5, 0.9, 0.5);
        assertThat(below.low()).isEqualTo(0.5);
        assertThat(below.high()).isEqualTo(1);
        assertThat(below.asked()).isZero();
        FittedDecisions.Band above = ErrorBudget.choose(Dev.ranking(new int[] {80, 70}, 1, 1), 0.5, 0.9, 0.5);
        assertThat(above.low()).isZero();
        assertThat(above.high()).isEqualTo(0.5, TOLERANCE);
        assertThat(above.asked()).isZero();
    }

    @Test
    void tooFewRowsAreSaidWithTheNumberNeeded() {
        FittedDecisions.Band band = ErrorBudget.choose(Dev.ranking(new int[] {90, 10}, 1, 0), 0.5, 0.05, 0.95);
        assertThat(band.low()).isZero();
        assertThat(band.high()).isEqualTo(1);
        assertThat(band.asked()).isEqualTo(2);
        assertThat(band.decided()).isEqualTo(new FittedDecisions.Side(0, 0, 0, 1));
        assertThat(band.note()).isEqualTo("no share of the 2 rows to choose by can be decided with at most 0.05 wrong"
                + " with confidence 0.95, so that a person is asked about every text; without a single error it takes"
                + " 59 rows or more");
    }

    @Property(seed = "4", tries = 300)
    void theBandKeepsItsBudgetAndNoOtherDecidesMoreRows(
            @ForAll("rankings") Ranking ranking, @ForAll @IntRange(min = 0, max = 100) int percent) {
        double threshold = percent / 100.;
        FittedDecisions.Band band = ErrorBudget.choose(ranking, threshold, 0.2, 0.8);
        ReviewBand review = new ReviewBand(band.low(), band.high());
        int[] excluded = decided(ranking, review, Verdict.EXCLUDE);
        int[] included = decided(ranking, review, Verdict.INCLUDE);
        assertThat(band.excluded()).isEqualTo(FittedDecisions.Side.of(excluded[0], excluded[1], 0.8));
        assertThat(band.included()).isEqualTo(FittedDecisions.Side.of(included[0], included[0] - included[1], 0.8));
        assertThat(band.asked() + band.decided().rows()).isEqualTo(ranking.rows());
        if (band.note() == null) {
            assertThat(band.decided().upperBound()).isLessThanOrEqualTo(0.2);
            assertThat(threshold).isBetween(band.low(), band.high());
        }
        assertThat(band.decided().rows()).isEqualTo(mostRows(ranking, threshold));
    }

    /** By trying each pair of ends. */
    private static int mostRows(Ranking ranking, double threshold) {
        int most = 0;
        for (int last = -1; last < ranking.steps() && (last < 0 || ranking.score(last) > threshold); last++) {
            for (int first = ranking.steps();
                    first > last && (first == ranking.steps() || ranking.score(first) < threshold);
                    first--) {
                int rows = ranking.predicted(last) + ranking.rows() - ranking.predicted(first - 1);
                int wrong = ranking.predicted(last) - ranking.truePositives(last)
                        + ranking.positives() - ranking.truePositives(first - 1);
                if (rows > most && ClopperPearson.upper(wrong, rows, 0.8) <= 0.2) {
                    most = rows;
                }
            }
        }
        return most;
    }

    /** Rows, and positives among them. */
    private static int[] decided(Ranking ranking, ReviewBand band, Verdict verdict) {
        return IntStream.range(0, ranking.steps())
                .filter(i -> band.verdict(ranking.score(i)) == verdict)
                .mapToObj(i -> new int[] {
                    ranking.predicted(i) - ranking.predicted(i - 1),
                    ranking.truePositives(i) - ranking.truePositives(i - 1)
                })
                .reduce(new int[2], (a, b) -> new int[] {a[0] + b[0], a[1] + b[1]});
    }

    @Provide
    Arbitrary<Ranking> rankings() {
        return Dev.rankings(40);
    }
}
