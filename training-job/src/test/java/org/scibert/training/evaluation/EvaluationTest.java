package org.scibert.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.scibert.network.Task;
import org.scibert.training.evaluation.MultiClassMetrics.ClassMetrics;
import org.scibert.training.evaluation.MultiLabelMetrics.LabelMetrics;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;

class EvaluationTest {
    /** Logits are floats. */
    private static final Offset<Double> TOLERANCE = within(1e-6);

    @Test
    void binaryMetricsByHand() {
        // called 1 1 1 0 0 0 0 0: 2 true and 1 false positive, 1 false and 4 true negatives
        BinaryMetrics m = Evaluation.binary(
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
        assertThat(m.wss95()).isEqualTo(0.5 - 0.05, TOLERANCE);
        assertThat(m.selectionScore()).isEqualTo(m.prAuc());
    }

    @Test
    void binaryLossIsScikitLearnsLogLoss() {
        // log_loss(["spam", "ham", "ham", "spam"], [[.1, .9], [.9, .1], [.8, .2], [.35, .65]]) = 0.21616...
        float[] logits = {logit(0.9), logit(0.1), logit(0.2), logit(0.65)};
        assertThat(Evaluation.binary(logits, new int[] {1, 0, 0, 1}).loss()).isEqualTo(0.21616, within(5e-6));
    }

    @Test
    void lossesOfGreatLogitsAreFinite() {
        assertThat(Evaluation.binary(new float[] {1e4f, -1e4f}, new int[] {0, 0}).loss()).isEqualTo(5e3, TOLERANCE);
        assertThat(Evaluation.binary(new float[] {0, 0}, new int[] {0, 1}).loss()).isEqualTo(Math.log(2), TOLERANCE);
        assertThat(Evaluation.multiClass(new float[] {1e4f, -1e4f}, new int[] {1}, List.of("a", "b")).loss())
                .isEqualTo(2e4, TOLERANCE);
    }

    @Test
    void withoutPositivesNothingIsNaN() {
        BinaryMetrics m = Evaluation.binary(new float[] {-1, -2}, new int[] {0, 0});
        assertThat(m.accuracy()).isEqualTo(1);
        assertThat(m.precision()).isZero();
        assertThat(m.recall()).isZero();
        assertThat(m.f1()).isZero();
        assertThat(m.macroF1()).isEqualTo(0.5, TOLERANCE);
        assertThat(m.rocAuc()).isNull();
        assertThat(m.prAuc()).isNull();
        assertThat(m.wss95()).isNull();
        assertThatThrownBy(m::selectionScore).isInstanceOf(IllegalStateException.class)
                .hasMessage("none of 2 rows is positive, so that no epoch can be chosen by them");
    }

    @Test
    void multiClassMetricsAreScikitLearns() {
        // classification_report and f1_score in its reference; class 1 is called but never right
        MultiClassMetrics m = Evaluation.multiClass(
                oneHot(3, 0, 0, 2, 2, 1), new int[] {0, 1, 2, 2, 2}, List.of("class 0", "class 1", "class 2"));
        assertThat(m.rows()).isEqualTo(5);
        assertThat(m.accuracy()).isEqualTo(0.6, TOLERANCE);
        assertThat(m.microF1()).isEqualTo(0.6, TOLERANCE);
        assertThat(m.macroF1()).isEqualTo((2. / 3 + 0 + 0.8) / 3, TOLERANCE); // 0.49
        assertThat(m.selectionScore()).isEqualTo(m.macroF1());
        assertThat(m.perClass()).usingRecursiveComparison().withComparatorForType(EvaluationTest::near, Double.class)
                .isEqualTo(List.of(
                        new ClassMetrics("class 0", 0.5, 1, 2. / 3, 1),
                        new ClassMetrics("class 1", 0, 0, 0, 1),
                        new ClassMetrics("class 2", 1, 2. / 3, 0.8, 3)));

        MultiClassMetrics f1 = Evaluation.multiClass(
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
        assertThat(Evaluation.multiClass(logits, new int[] {2, 1}, List.of("a", "b", "c")).loss())
                .isEqualTo(-(Math.log(0.5) + Math.log(0.2)) / 2, within(1e-5)); // floats near 50 have steps of 4e-6
    }

    @Test
    void ofEqualLogitsTheFirstClassIsCalled() {
        assertThat(Evaluation.multiClass(new float[] {1, 2, 2}, new int[] {1}, List.of("a", "b", "c")).accuracy())
                .isEqualTo(1);
    }

    @Test
    void aClassThatTheSplitLacksCountsAsZero() {
        MultiClassMetrics m = Evaluation.multiClass(oneHot(3, 0, 1), new int[] {0, 1}, List.of("a", "b", "c"));
        assertThat(m.perClass().get(2)).isEqualTo(new ClassMetrics("c", 0, 0, 0, 0));
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
        MultiLabelMetrics m = Evaluation.multiLabel(logits, flags, List.of("a", "b", "c"));
        assertThat(m.rows()).isEqualTo(3);
        assertThat(m.macroF1()).isEqualTo(7. / 9, TOLERANCE);
        assertThat(m.microF1()).isEqualTo(0.8, TOLERANCE); // 4 right, 1 too many, 1 missed
        assertThat(m.selectionScore()).isEqualTo(m.macroF1());
        assertThat(m.perLabel()).usingRecursiveComparison().withComparatorForType(EvaluationTest::near, Double.class)
                .isEqualTo(List.of(
                        new LabelMetrics("a", 0.5, 1, 2. / 3, 1, 0.5, 0.5),
                        new LabelMetrics("b", 1, 1, 1, 2, 1., 1.),
                        new LabelMetrics("c", 1, 0.5, 2. / 3, 2, 1., 1.)));
        // ln(1 + e^-z) for what is so, ln(1 + e^z) for what isn't
        double loss = 0;
        for (double z : new double[] {-1, -1, -2, -1, -1, -3, 2, -1, 1}) {
            loss += Math.log(1 + Math.exp(z));
        }
        assertThat(m.loss()).isEqualTo(loss / 9, TOLERANCE);
    }

    @Test
    void aLabelThatTheSplitLacksHasNoRanking() {
        MultiLabelMetrics m = Evaluation.multiLabel(
                new float[] {1, -1, 1, -1}, new boolean[] {true, false, true, false}, List.of("everywhere", "nowhere"));
        assertThat(m.perLabel()).containsExactly(
                new LabelMetrics("everywhere", 1, 1, 1, 2, null, 1.),
                new LabelMetrics("nowhere", 0, 0, 0, 0, null, null));
    }

    @Test
    void theTaskChoosesTheMetrics() {
        float[] one = {1, -1};
        float[] two = {1, -1, -1, 1};
        assertThat(Evaluation.of(new LabelSet(Task.BINARY, List.of("b", "a")), rows("a", "b"), one))
                .isEqualTo(Evaluation.binary(one, new int[] {1, 0}));
        assertThat(Evaluation.of(new LabelSet(Task.MULTI_CLASS, List.of("a", "b")), rows("a", "b"), two))
                .isEqualTo(Evaluation.multiClass(two, new int[] {0, 1}, List.of("a", "b")));
        assertThat(Evaluation.of(new LabelSet(Task.MULTI_LABEL, List.of("a", "b")), rows("a", "b"), two))
                .isEqualTo(Evaluation.multiLabel(two, new boolean[] {true, false, false, true}, List.of("a", "b")));
    }

    @Test
    void logitsThatCanNotBeMeasuredAreRefused() {
        assertThatThrownBy(() -> Evaluation.binary(new float[3], new int[2]))
                .hasMessage("2 rows with 1 outputs each don't go with 3 logits");
        assertThatThrownBy(() -> Evaluation.binary(new float[0], new int[0]))
                .hasMessage("0 rows with 1 outputs each don't go with 0 logits");
        assertThatThrownBy(() -> Evaluation.multiLabel(new float[5], new boolean[4], List.of("a", "b")))
                .hasMessage("2 rows with 2 outputs each don't go with 5 logits");
        assertThatThrownBy(() -> Evaluation.multiClass(new float[] {0, 0, 0, Float.NaN}, new int[2], List.of("a", "b")))
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

    private static Rows rows(String... labels) {
        List<Row> rows = IntStream.range(0, labels.length)
                .mapToObj(i -> new Row(i + 1, "id", "text", List.of(labels[i]))).toList();
        return new Rows(Path.of("rows.jsonl"), "0", false, rows);
    }
}
