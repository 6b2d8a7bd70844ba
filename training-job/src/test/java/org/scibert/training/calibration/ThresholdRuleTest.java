package org.scibert.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.scibert.training.calibration.ThresholdRule.BestF1;
import org.scibert.training.calibration.ThresholdRule.FixedThreshold;
import org.scibert.training.calibration.ThresholdRule.TargetPrecision;
import org.scibert.training.calibration.ThresholdRule.TargetRecall;
import org.scibert.training.evaluation.Ranking;

class ThresholdRuleTest {
    private static final Offset<Double> TOLERANCE = within(1e-12);

    @Test
    void rulesAreReadFromTheCommandLine() {
        assertThat(ThresholdRule.parse("best-f1")).isEqualTo(new BestF1());
        assertThat(ThresholdRule.parse("recall=0.95")).isEqualTo(new TargetRecall(0.95));
        assertThat(ThresholdRule.parse("precision=.8")).isEqualTo(new TargetPrecision(0.8));
        assertThat(ThresholdRule.parse("0.3")).isEqualTo(new FixedThreshold(0.3));
        for (String rule : new String[] {"best-f1", "recall=0.95", "precision=0.8", "0.3"}) {
            assertThat(ThresholdRule.parse(rule).title()).isEqualTo(rule);
        }
        for (String unknown : new String[] {"best", "f1=0.5", "recall=", "", "=0.5x"}) {
            assertThatThrownBy(() -> ThresholdRule.parse(unknown)).hasMessage("a threshold rule is best-f1,"
                    + " recall=0.95, precision=0.80 or a probability such as 0.5; got \"" + unknown + "\"");
        }
        assertThatThrownBy(() -> ThresholdRule.parse("1"))
                .hasMessage("a threshold must be above 0 and below 1, is 1.0");
        assertThatThrownBy(() -> ThresholdRule.parse("recall=1")).hasMessageContaining("is 1.0; no number of rows");
        assertThatThrownBy(() -> ThresholdRule.parse("precision=95")).hasMessageContaining("is 95.0");
    }

    @Test
    void bestF1ByHand() {
        // F1 down the list: 2/4, 4/5, 4/6, 4/7, 6/8
        Ranking ranking = Dev.ranking(new int[] {90, 80, 60, 50, 40}, 1, 1, 0, 0, 1);
        assertThat(new BestF1().choose("1", ranking, 0.95)).usingRecursiveComparison()
                .withComparatorForType(ThresholdRuleTest::near, Double.class)
                .isEqualTo(new FittedDecisions.Threshold("1", "best-f1", 0.7, 1, 2. / 3, null, null));
    }

    @Test
    void ofEqualF1TheHighestThresholdIsTaken() {
        // F1 is 2/3 after the first row and, of equal scores, after the fourth
        Ranking ranking = Dev.ranking(new int[] {90, 30, 30, 30}, 1, 1, 0, 0);
        assertThat(new BestF1().choose("1", ranking, 0.95).threshold()).isEqualTo(0.6, TOLERANCE);
    }

    @Test
    void withoutPositivesBestF1FallsBackToOneHalf() {
        FittedDecisions.Threshold chosen = new BestF1().choose("x", Dev.ranking(new int[] {90, 30}, 0, 0), 0.95);
        assertThat(chosen.threshold()).isEqualTo(0.5);
        assertThat(chosen.note())
                .isEqualTo("no row to choose by has the label \"x\", so that the threshold is 0.5; add some");
    }

    @Test
    void targetRecallByHand() {
        // of 10 positives, 9 have a lower bound of 0.606 with 95 %, 8 of 0.493
        int[] percents = IntStream.range(0, 20).map(i -> 95 - 4 * i).toArray();
        Ranking ranking = Dev.ranking(percents, IntStream.range(0, 20).map(i -> 1 - i % 2).toArray());
        FittedDecisions.Threshold chosen = new TargetRecall(0.6).choose("1", ranking, 0.95);
        assertThat(chosen.threshold()).isEqualTo(0.29, TOLERANCE); // the 9th positive has 0.31, the next row 0.27
        assertThat(chosen.recall()).isEqualTo(0.9, TOLERANCE);
        assertThat(chosen.precision()).isEqualTo(9. / 17, TOLERANCE);
        assertThat(chosen.lowerBound()).isEqualTo(0.6058, within(1e-4));
        assertThat(chosen.note()).isNull();
    }

    @Test
    void tooFewPositivesForATargetRecallAreSaidWithTheNumberNeeded() {
        Ranking ranking = Dev.ranking(new int[] {90, 80, 60, 50, 40}, 1, 1, 0, 1, 0);
        FittedDecisions.Threshold chosen = new TargetRecall(0.95).choose("include", ranking, 0.95);
        assertThat(chosen.threshold()).isEqualTo(0.45, TOLERANCE);
        assertThat(chosen.recall()).isEqualTo(1);
        assertThat(chosen.lowerBound()).isEqualTo(Math.cbrt(0.05), TOLERANCE);
        assertThat(chosen.note()).isEqualTo("3 rows to choose by with the label \"include\"; a recall of at least 0.95"
                + " with confidence 0.95 needs 59 or more; the threshold is below the lowest of them, which shows a"
                + " recall of at least 0.368");
        FittedDecisions.Threshold none = new TargetRecall(0.95).choose("x", Dev.ranking(new int[] {90}, 0), 0.95);
        assertThat(none.threshold()).isZero();
        assertThat(none.note()).endsWith("needs 59 or more; the threshold is 0, which gives it to every text");
    }

    @Test
    void targetPrecisionByHand() {
        // 3 of 3 have a lower bound of 0.05^(1/3) = 0.368, 4 of 4 of 0.473, 5 of 6 of 0.418
        Ranking ranking = Dev.ranking(new int[] {90, 80, 70, 60, 50, 40, 30}, 1, 1, 1, 1, 0, 1, 0);
        FittedDecisions.Threshold chosen = new TargetPrecision(0.4).choose("1", ranking, 0.95);
        assertThat(chosen.threshold()).isEqualTo(0.35, TOLERANCE);
        assertThat(chosen.precision()).isEqualTo(5. / 6, TOLERANCE);
        assertThat(chosen.lowerBound()).isEqualTo(0.418, within(1e-3));
        assertThat(new TargetPrecision(0.45).choose("1", ranking, 0.95).threshold()).isEqualTo(0.55, TOLERANCE);
        FittedDecisions.Threshold unreached = new TargetPrecision(0.8).choose("1", ranking, 0.95);
        assertThat(unreached.threshold()).isEqualTo(0.55, TOLERANCE);
        assertThat(unreached.note())
                .contains("no threshold shows a precision of at least 0.8", "14 rows or more", "0.473");
    }

    @Test
    void aFixedThresholdIsWhatItSays() {
        Ranking ranking = Dev.ranking(new int[] {90, 50, 40}, 1, 0, 1);
        assertThat(new FixedThreshold(0.5).choose("1", ranking, 0.95))
                .isEqualTo(new FittedDecisions.Threshold("1", "0.5", 0.5, 0.5, 0.5, null, null));
        assertThat(new FixedThreshold(0.95).choose("1", ranking, 0.95).precision()).isZero();
    }

    @Property(seed = "4", tries = 300)
    void aRuleThatIsMetIsMetByTheThresholdOnDev(@ForAll("rankings") Ranking ranking) {
        FittedDecisions.Threshold recall = new TargetRecall(0.7).choose("1", ranking, 0.9);
        if (recall.note() == null) {
            int found = found(ranking, recall.threshold());
            assertThat(ClopperPearson.lower(found, ranking.positives(), 0.9)).isGreaterThanOrEqualTo(0.7);
            // one step higher it would not be
            int step = step(ranking, recall.threshold());
            assertThat(ClopperPearson.lower(ranking.truePositives(step - 1), ranking.positives(), 0.9)).isLessThan(0.7);
        } else {
            assertThat(found(ranking, recall.threshold())).isEqualTo(ranking.positives());
        }
        FittedDecisions.Threshold precision = new TargetPrecision(0.6).choose("1", ranking, 0.9);
        if (precision.note() == null) {
            int step = step(ranking, precision.threshold());
            assertThat(ClopperPearson.lower(ranking.truePositives(step), ranking.predicted(step), 0.9))
                    .isGreaterThanOrEqualTo(0.6);
        }
    }

    @Property(seed = "4", tries = 300)
    void noThresholdHasABetterF1(@ForAll("rankings") Ranking ranking) {
        FittedDecisions.Threshold best = new BestF1().choose("1", ranking, 0.95);
        double f1 = f1(ranking, step(ranking, best.threshold()));
        for (int step = 0; step < ranking.steps() && ranking.positives() > 0; step++) {
            assertThat(f1).isGreaterThanOrEqualTo(f1(ranking, step));
        }
    }

    @Provide
    Arbitrary<Ranking> rankings() {
        return Dev.rankings(60);
    }

    /** The last step that a threshold lets through; −1 for none. */
    private static int step(Ranking ranking, double threshold) {
        return (int) IntStream.range(0, ranking.steps()).filter(i -> ranking.score(i) >= threshold).count() - 1;
    }

    private static int found(Ranking ranking, double threshold) {
        return ranking.truePositives(step(ranking, threshold));
    }

    private static double f1(Ranking ranking, int step) {
        return 2. * ranking.truePositives(step) / (ranking.predicted(step) + ranking.positives());
    }

    private static int near(Double a, Double b) {
        return Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b);
    }
}
