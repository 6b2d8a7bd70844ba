package org.scibert.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;
import org.scibert.training.evaluation.Metrics.OfClass;
import org.scibert.training.evaluation.Metrics.OfLabel;
import org.scibert.training.rows.LabelSet;

class MeasuredSplitTest {
    /** Logits are floats. */
    private static final Offset<Double> TOLERANCE = within(1e-6);

    @Test
    void binaryMetricsByHand() {
        // called 1 1 1 0 0 0 0 0: 2 true and 1 false positive, 1 false and 4 true negatives
        Metrics.Binary m = binary(
                new float[] {3, 0, 1, -1, -2, -3, -4, -5}, new int[] {1, 1, 0, 1, 0, 0, 0, 0});
        assertThat(m.rows()).isEqualTo(8);
        assertThat(m.positives()).isEqualTo(3);
        assertThat(m.accuracy()).isEqualTo(6. / 8, TOLERANCE);
        assertThat(m.precision()).isEqualTo(2. / 3, TOLERANCE);
        assertThat(m.recall()).isEqualTo(2. / 3, TOLERANCE);
        assertThat(m.f1()).isEqualTo(2. / 3, TOLERANCE);
        assertThat(m.macroF1()).isEqualTo((2. / 3 + 4. / 5) / 2, TOLERANCE);
        assertThat(m.rocAuc()).isEqualTo(13. / 15, TOLERANCE);
        assertThat(m.prAuc()).isEqualTo((1 + 2. / 3 + 3. / 4) / 3, TOLERANCE);
        assertThat(m.selectionScore()).isEqualTo(m.prAuc());
    }

    @Test
    void binaryLossIsScikitLearnsLogLoss() {
        // log_loss(["spam", "ham", "ham", "spam"], [[.1, .9], [.9, .1], [.8, .2], [.35, .65]]) = 0.21616...
        float[] logits = {logit(0.9), logit(0.1), logit(0.2), logit(0.65)};
        assertThat(binary(logits, new int[] {1, 0, 0, 1}).loss()).isEqualTo(0.21616, within(5e-6));
    }

    @Test
    void lossesOfGreatLogitsAreFinite() {
        assertThat(binary(new float[] {1e4f, -1e4f}, new int[] {0, 0}).loss()).isEqualTo(5e3, TOLERANCE);
        assertThat(binary(new float[] {0, 0}, new int[] {0, 1}).loss()).isEqualTo(Math.log(2), TOLERANCE);
        assertThat(multiClass(new float[] {1e4f, -1e4f}, new int[] {1}, List.of("a", "b")).loss())
                .isEqualTo(2e4, TOLERANCE);
    }

    @Test
    void withoutPositivesNothingIsNaN() {
        Metrics.Binary m = binary(new float[] {-1, -2}, new int[] {0, 0});
        assertThat(m.accuracy()).isEqualTo(1);
        assertThat(m.precision()).isZero();
        assertThat(m.recall()).isZero();
        assertThat(m.f1()).isZero();
        assertThat(m.macroF1()).isEqualTo(0.5, TOLERANCE);
        assertThat(m.rocAuc()).isNull();
        assertThat(m.prAuc()).isNull();
        assertThatThrownBy(m::selectionScore).isInstanceOf(IllegalStateException.class)
                .hasMessage("none of 2 rows is positive, so that no epoch can be chosen by them");
    }

    @Test
    void multiClassMetricsAreScikitLearns() {
        // classification_report and f1_score in its reference; class 1 is called but never right
        Metrics.MultiClass m = multiClass(
                oneHot(3, 0, 0, 2, 2, 1), new int[] {0, 1, 2, 2, 2}, List.of("class 0", "class 1", "class 2"));
        assertThat(m.rows()).isEqualTo(5);
        assertThat(m.accuracy()).isEqualTo(0.6, TOLERANCE);
        assertThat(m.microF1()).isEqualTo(0.6, TOLERANCE);
        assertThat(m.macroF1()).isEqualTo((2. / 3 + 0 + 0.8) / 3, TOLERANCE); // 0.49
        assertThat(m.selectionScore()).isEqualTo(m.macroF1());
        assertThat(m.perClass()).usingRecursiveComparison().withComparatorForType(MeasuredSplitTest::near, Double.class)
                .isEqualTo(List.of(
                        new Metrics.OfClass("class 0", 0.5, 1, 2. / 3, 1),
                        new Metrics.OfClass("class 1", 0, 0, 0, 1),
                        new Metrics.OfClass("class 2", 1, 2. / 3, 0.8, 3)));

        Metrics.MultiClass f1 = multiClass(
                oneHot(3, 0, 2, 1, 0, 0, 1), new int[] {0, 1, 2, 0, 1, 2}, List.of("a", "b", "c"));
        assertThat(f1.macroF1()).isEqualTo(0.8 / 3, TOLERANCE); // 0.26
        assertThat(f1.microF1()).isEqualTo(1. / 3, TOLERANCE); // 0.33
    }

    @Test
    void crossEntropyByHand() {
        float[] logits = { // softmax .2 .3 .5 and .7 .2 .1, the first moved by a constant
            ln(0.2) + 50, ln(0.3) + 50, ln(0.5) + 50,
            ln(0.7), ln(0.2), ln(0.1),
        };
        assertThat(multiClass(logits, new int[] {2, 1}, List.of("a", "b", "c")).loss())
                .isEqualTo(-(Math.log(0.5) + Math.log(0.2)) / 2, within(1e-5)); // floats near 50 have steps of 4e-6
    }

    @Test
    void ofEqualLogitsTheFirstClassIsCalled() {
        assertThat(multiClass(new float[] {1, 2, 2}, new int[] {1}, List.of("a", "b", "c")).accuracy())
                .isEqualTo(1);
    }

    @Test
    void aClassThatTheSplitLacksCountsAsZero() {
        Metrics.MultiClass m = multiClass(oneHot(3, 0, 1), new int[] {0, 1}, List.of("a", "b", "c"));
        assertThat(m.perClass().get(2)).isEqualTo(new Metrics.OfClass("c", 0, 0, 0, 0));
        assertThat(m.macroF1()).isEqualTo(2. / 3, TOLERANCE);
        assertThat(m.accuracy()).isEqualTo(1);
    }

    @Test
    void multiLabelMetricsAreScikitLearns() {
        // f1_score in its reference: [0.66666667, 1, 0.66666667] for these three rows
        float[] logits = {
            -1, -1, -2,
            1, 1, 3,
            2, 1, -1,
        };
        boolean[] flags = {
            false, false, false,
            true, true, true,
            false, true, true,
        };
        Metrics.MultiLabel m = multiLabel(logits, flags, List.of("a", "b", "c"));
        assertThat(m.rows()).isEqualTo(3);
        assertThat(m.macroF1()).isEqualTo(7. / 9, TOLERANCE);
        assertThat(m.microF1()).isEqualTo(0.8, TOLERANCE); // 4 right, 1 too many, 1 missed
        assertThat(m.selectionScore()).isEqualTo(m.macroF1());
        assertThat(m.perLabel()).usingRecursiveComparison().withComparatorForType(MeasuredSplitTest::near, Double.class)
                .isEqualTo(List.of(
                        new Metrics.OfLabel("a", 0.5, 1, 2. / 3, 1, 0.5, 0.5),
                        new Metrics.OfLabel("b", 1, 1, 1, 2, 1., 1.),
                        new Metrics.OfLabel("c", 1, 0.5, 2. / 3, 2, 1., 1.)));
        // ln(1 + e^-z) for what is so, ln(1 + e^z) for what isn't
        double loss = 0;
        for (double z : new double[] {-1, -1, -2, -1, -1, -3, 2, -1, 1}) {
            loss += Math.log(1 + Math.exp(z));
        }
        assertThat(m.loss()).isEqualTo(loss / 9, TOLERANCE);
    }

    @Test
    void aLabelThatTheSplitLacksHasNoRanking() {
        Metrics.MultiLabel m = multiLabel(
                new float[] {1, -1, 1, -1}, new boolean[] {true, false, true, false}, List.of("everywhere", "nowhere"));
        assertThat(m.perLabel()).containsExactly(
                new Metrics.OfLabel("everywhere", 1, 1, 1, 2, null, 1.),
                new Metrics.OfLabel("nowhere", 0, 0, 0, 0, null, null));
    }

    @Test
    void logitsThatCanNotBeMeasuredAreRefused() {
        assertThatThrownBy(() -> binary(new float[3], new int[2]))
                .hasMessage("2 rows with 1 output each don't go with 3 logits");
        assertThatThrownBy(() -> multiLabel(new float[5], new boolean[4], List.of("a", "b")))
                .hasMessage("2 rows with 2 outputs each don't go with 5 logits");
        assertThatThrownBy(() -> multiClass(new float[] {0, 0, 0, Float.NaN}, new int[2], List.of("a", "b")))
                .hasMessage("row 2 has the logit NaN; train with a lower learning rate");
    }

    private static int near(Double a, Double b) {
        return Math.abs(a - b) < 1e-6 ? 0 : Double.compare(a, b);
    }

    private static float logit(double p) {
        return (float) Math.log(p / (1 - p));
    }

    private static float ln(double p) {
        return (float) Math.log(p);
    }

    private static float[] oneHot(int labels, int... called) {
        float[] logits = new float[called.length * labels];
        IntStream.range(0, called.length).forEach(i -> logits[i * labels + called[i]] = 1);
        return logits;
    }

    private static Metrics.Binary binary(float[] logits, int[] classes) {
        return (Metrics.Binary) MeasuredSplit.of(LabelledRows.BINARY, LabelledRows.rows(classes), logits).metrics();
    }

    private static Metrics.MultiClass multiClass(float[] logits, int[] classes, List<String> labels) {
        return (Metrics.MultiClass) MeasuredSplit.of(
                new LabelSet(Task.MULTI_CLASS, labels), LabelledRows.rows(labels, classes), logits).metrics();
    }

    private static Metrics.MultiLabel multiLabel(float[] logits, boolean[] flags, List<String> labels) {
        return (Metrics.MultiLabel) MeasuredSplit.of(
                new LabelSet(Task.MULTI_LABEL, labels), LabelledRows.rows(labels, flags), logits).metrics();
    }
}
