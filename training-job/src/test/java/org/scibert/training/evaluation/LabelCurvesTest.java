package org.scibert.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Calibration;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.training.rows.LabelSet;

class LabelCurvesTest {
    private static final DecisionRule RULE = new DecisionRule(Task.BINARY, List.of("0", "1"), 0.5);

    @Test
    void curvesByHand() {
        // probabilities 0.9, 0.6 twice, 0.2
        LabelCurves curves = curves(new float[] {2.2f, 0.4f, 0.4f, -1.4f}, 1, 0, 1, 0);
        assertThat(curves.label()).isEqualTo("1");
        assertThat(curves.roc()).containsExactly(point(0, 0), point(0, 0.5), point(0.5, 1), point(1, 1));
        assertThat(curves.pr()).containsExactly(point(0.5, 1), point(1, 0.6667), point(1, 0.5));
        assertThat(curves.histogram().positives()).hasSize(20).containsSequence(0, 1, 0).endsWith(0, 1, 0);
        assertThat(curves.histogram().negatives().stream().mapToInt(n -> n).sum()).isEqualTo(2);
        assertThat(curves.thresholds()).hasSize(19);
        assertThat(curves.thresholds().get(9)).isEqualTo(new LabelCurves.Threshold(0.5, 3, 2. / 3, 1, 0.8));
        assertThat(curves.thresholds().get(18)).isEqualTo(new LabelCurves.Threshold(0.95, 0, 0, 0, 0));
        assertThat(curves.thresholds().get(0).predicted()).isEqualTo(4);
    }

    @Test
    void manyRowsAreFewPointsThatStillReachBothEnds() {
        Random random = new Random(1);
        int[] classes = new int[5000];
        float[] logits = new float[5000];
        for (int i = 0; i < 5000; i++) {
            classes[i] = i % 10 == 0 ? 1 : 0;
            logits[i] = (float) (random.nextGaussian() + classes[i]);
        }
        LabelCurves curves = curves(logits, classes);
        assertThat(curves.roc()).hasSize(101).startsWith(point(0, 0)).endsWith(point(1, 1));
        assertThat(curves.pr()).hasSize(100).endsWith(point(1, 0.1));
        double area = 0;
        for (int i = 1; i < 101; i++) {
            LabelCurves.Point from = curves.roc().get(i - 1);
            LabelCurves.Point to = curves.roc().get(i);
            area += (to.x() - from.x()) * (to.y() + from.y()) / 2;
        }
        Metrics.Binary metrics =
                (Metrics.Binary) MeasuredSplit.of(LabelledRows.BINARY, LabelledRows.rows(classes), logits).metrics();
        assertThat(area).isEqualTo(metrics.rocAuc(), within(0.005));
    }

    @Test
    void whatIsNotDefinedHasNoPoints() {
        LabelCurves curves = curves(new float[] {1, 2}, 0, 0);
        assertThat(curves.roc()).isEmpty();
        assertThat(curves.pr()).isEmpty();
        assertThat(curves.reliability()).hasSize(2);
    }

    @Test
    void eachOfManyLabelsHasItsCurves() {
        List<String> labels = List.of("a", "b");
        for (Task task : new Task[] {Task.MULTI_CLASS, Task.MULTI_LABEL}) {
            List<LabelCurves> curves = MeasuredSplit.of(
                    new DecisionRule(task, labels, 0.5),
                    new LabelSet(task, labels),
                    LabelledRows.rows(labels, 0, 1),
                    new float[] {1, -1, -1, 1})
                    .curves();
            assertThat(curves).extracting(LabelCurves::label).containsExactly("a", "b");
            assertThat(curves.get(1).roc()).containsExactly(point(0, 0), point(0, 1), point(1, 1));
        }
    }

    @Test
    void reliabilityIsShownBeforeAndAfterCalibration() {
        // a logit of ln 3 says 3/4; calibrated, 1/2, which is what comes true
        DecisionRule rule = new DecisionRule(Task.BINARY, RULE.labels(),
                new Calibration(List.of(1.), List.of(-Math.log(3))), List.of(0.4), Optional.empty());
        float ln3 = (float) Math.log(3);
        LabelCurves curves =
                MeasuredSplit.of(rule, LabelledRows.BINARY, LabelledRows.rows(1, 0), new float[] {ln3, ln3}).curves()
                        .get(0);
        assertThat(curves.reliability().get(0).predicted()).isEqualTo(0.5, within(1e-6));
        assertThat(curves.reliabilityBefore().get(0).predicted()).isEqualTo(0.75, within(1e-6));
        assertThat(curves.reliabilityBefore().get(0).observed()).isEqualTo(0.5);
    }

    private static LabelCurves.Point point(double x, double y) {
        return new LabelCurves.Point(x, y);
    }

    private static LabelCurves curves(float[] logits, int... classes) {
        return MeasuredSplit.of(RULE, LabelledRows.BINARY, LabelledRows.rows(classes), logits).curves().get(0);
    }
}
