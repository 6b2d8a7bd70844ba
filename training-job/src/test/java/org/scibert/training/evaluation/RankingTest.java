package org.scibert.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final Offset<Double> TOLERANCE = within(1e-12);

    @Test
    void scikitLearnsExample() {
        // roc_auc_score and average_precision_score in its reference: 0.75 and 0.83
        Ranking ranking = ranking(new double[] {0.1, 0.4, 0.35, 0.8}, 0, 0, 1, 1);
        assertThat(ranking.rocAuc()).isEqualTo(0.75, TOLERANCE);
        assertThat(ranking.averagePrecision()).isEqualTo(5. / 6, TOLERANCE); // 1/2 · 1 + 1/2 · 2/3
    }

    @Test
    void equalScoresAreOneStep() {
        // 3: one positive; 2: a positive and two negatives; 1: a positive; 0: a negative
        Ranking ranking = ranking(new double[] {2, 3, 2, 0, 1, 2}, 0, 1, 1, 0, 1, 0);
        // pairs won of 3 · 3: the positive at 3 wins 3, that at 2 wins 1 and ties 2, that at 1 wins 1
        assertThat(ranking.rocAuc()).isEqualTo(6. / 9, TOLERANCE);
        // recall 1/3 at precision 1/1, 2/3 at 2/4, 3/3 at 3/5
        assertThat(ranking.averagePrecision()).isEqualTo((1 + 0.5 + 0.6) / 3, TOLERANCE);
        assertThat(ranking.workSaved(0.95)).isEqualTo(1. / 6 - 0.05, TOLERANCE);
        assertThat(ranking.workSaved(0.5)).isEqualTo(2. / 6 - 0.5, TOLERANCE);
    }

    @Test
    void onlyEqualScoresAreChance() {
        for (int[] classes : new int[][] {{1, 0, 0, 0}, {0, 0, 0, 1}}) {
            Ranking ranking = ranking(new double[] {-0., 0, 0, 0}, classes);
            assertThat(ranking.rocAuc()).isEqualTo(0.5, TOLERANCE);
            assertThat(ranking.averagePrecision()).isEqualTo(0.25, TOLERANCE);
            assertThat(ranking.workSaved(0.95)).isEqualTo(-0.05, TOLERANCE);
        }
    }

    @Test
    void perfectAndReversedOrders() {
        Ranking perfect = ranking(new double[] {4, 3, 2, 1}, 1, 1, 0, 0);
        assertThat(perfect.rocAuc()).isEqualTo(1, TOLERANCE);
        assertThat(perfect.averagePrecision()).isEqualTo(1, TOLERANCE);
        assertThat(perfect.workSaved(0.95)).isEqualTo(0.45, TOLERANCE);
        Ranking reversed = ranking(new double[] {4, 3, 2, 1}, 0, 0, 1, 1);
        assertThat(reversed.rocAuc()).isEqualTo(0, TOLERANCE);
        assertThat(reversed.averagePrecision()).isEqualTo((1. / 3 + 1. / 2) / 2, TOLERANCE);
    }

    @Test
    void nineteenOfTwentyPositivesAre95Percent() {
        double[] scores = new double[100];
        int[] classes = new int[100];
        for (int i = 0; i < 100; i++) {
            scores[i] = -i;
            classes[i] = i < 19 || i == 99 ? 1 : 0;
        }
        assertThat(ranking(scores, classes).workSaved(0.95)).isEqualTo(0.81 - 0.05, TOLERANCE);
    }

    @Test
    void ofEqualScoresAcrossTheBorderAsManyCountAsChanceWouldBring() {
        // 10 rows: one positive on top, then four equal ones with two positives, then five with one
        Ranking ranking = ranking(new double[] {9, 5, 5, 5, 5, 1, 1, 1, 1, 1}, 1, 1, 0, 1, 0, 0, 0, 0, 0, 1);
        assertThat(ranking.recallAtTop(0.1)).isEqualTo(1. / 4, TOLERANCE);
        assertThat(ranking.recallAtTop(0.3)).isEqualTo((1 + 2 * 2. / 4) / 4, TOLERANCE);
        assertThat(ranking.recallAtTop(0.5)).isEqualTo(3. / 4, TOLERANCE);
        assertThat(ranking.recallAtTop(0.05)).isEqualTo(1. / 4, TOLERANCE); // a row at least
        assertThat(ranking.recallAtTop(1)).isEqualTo(1, TOLERANCE);
    }

    @Test
    void aSampleIsTheRankingOfItsRows() {
        double[] scores = {2, 3, 2, 0, 1, 2};
        Ranking sample = ranking(scores, 0, 1, 1, 0, 1, 0).resampled(new int[] {2, 0, 1, 0, 3, 0});
        Ranking same = ranking(new double[] {2, 2, 2, 1, 1, 1}, 0, 0, 1, 1, 1, 1);
        assertThat(sample.rows()).isEqualTo(6);
        assertThat(sample.steps()).isEqualTo(2);
        assertThat(sample.rocAuc()).isEqualTo(same.rocAuc(), TOLERANCE);
        assertThat(sample.averagePrecision()).isEqualTo(same.averagePrecision(), TOLERANCE);
        assertThat(sample.workSaved(0.95)).isEqualTo(same.workSaved(0.95), TOLERANCE);
    }

    @Test
    void whatASplitDoesNotDefineIsNull() {
        Ranking negatives = ranking(new double[] {1, 2}, 0, 0);
        assertThat(negatives.rocAuc()).isNull();
        assertThat(negatives.averagePrecision()).isNull();
        assertThat(negatives.workSaved(0.95)).isNull();
        Ranking positives = ranking(new double[] {1, 2}, 1, 1);
        assertThat(positives.rocAuc()).isNull();
        assertThat(positives.averagePrecision()).isEqualTo(1, TOLERANCE);
    }

    @Property(seed = "4", tries = 300)
    void rocAucIsTheShareOfPairsInOrder(@ForAll("scored") List<Tuple2<Integer, Boolean>> rows) {
        double won = 0;
        int pairs = 0;
        for (Tuple2<Integer, Boolean> p : rows) {
            for (Tuple2<Integer, Boolean> n : rows) {
                if (p.get2() && !n.get2()) {
                    won += p.get1() > n.get1() ? 1 : p.get1().equals(n.get1()) ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        assertThat(ranking(rows).rocAuc()).isEqualTo(won / pairs, TOLERANCE);
    }

    @Property(seed = "4", tries = 300)
    void averagePrecisionIsTheMeanOverPositivesOfPrecisionAtTheirScore(
            @ForAll("scored") List<Tuple2<Integer, Boolean>> rows) {
        double sum = 0;
        for (Tuple2<Integer, Boolean> p : rows) {
            List<Tuple2<Integer, Boolean>> atLeast = rows.stream().filter(r -> r.get1() >= p.get1()).toList();
            sum += p.get2() ? (double) atLeast.stream().filter(Tuple2::get2).count() / atLeast.size() : 0;
        }
        long positives = rows.stream().filter(Tuple2::get2).count();
        assertThat(ranking(rows).averagePrecision()).isEqualTo(sum / positives, TOLERANCE);
    }

    /** Few scores, so that many are equal, and both classes. */
    @Provide
    Arbitrary<List<Tuple2<Integer, Boolean>>> scored() {
        return Arbitraries.integers().between(-4, 4).flatMap(s -> Arbitraries.of(true, false).map(p -> Tuple.of(s, p)))
                .list().ofMinSize(2).ofMaxSize(30)
                .filter(rows -> rows.stream().map(Tuple2::get2).distinct().count() == 2);
    }

    private static Ranking ranking(List<Tuple2<Integer, Boolean>> rows) {
        double[] scores = new double[rows.size()];
        int[] classes = new int[rows.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = rows.get(i).get1();
            classes[i] = rows.get(i).get2() ? 1 : 0;
        }
        return ranking(scores, classes);
    }

    private static Ranking ranking(double[] scores, int... classes) {
        boolean[] positive = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            positive[i] = classes[i] == 1;
        }
        return new Ranking(scores, positive);
    }
}
