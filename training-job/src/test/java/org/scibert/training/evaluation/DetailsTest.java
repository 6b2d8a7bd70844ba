package org.scibert.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Calibration;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.training.rows.LabelSet;

class DetailsTest {
    /** Logits are floats. */
    private static final Offset<Double> TOLERANCE = within(1e-6);

    @Test
    void binaryDetailsByHand() {
        // called 1 1 1 0 0 0 0 0: 2 true and 1 false positive, 1 false and 4 true negatives
        Details.Binary d = LabelledRows.details(
                new float[] {3, 0, 1, -1, -2, -3, -4, -5}, 1, 1, 0, 1, 0, 0, 0, 0);
        assertThat(d.threshold()).isEqualTo(0.5);
        assertThat(d.confusion()).isEqualTo(List.of(List.of(4, 1), List.of(1, 2)));
        assertThat(d.mcc()).isEqualTo((2 * 4 - 1) / Math.sqrt(3 * 3 * 5 * 5), TOLERANCE);
        assertThat(d.wss95()).isEqualTo(0.5 - 0.05, TOLERANCE);
        assertThat(d.recallAtTop5()).isEqualTo(1. / 3, TOLERANCE); // one row, rounded up
        assertThat(d.recallAtTop10()).isEqualTo(1. / 3, TOLERANCE);
        assertThat(d.recallAtTop20()).isEqualTo(1. / 3, TOLERANCE); // two rows, 3 and 1
        assertThat(d.recallAtTop50()).isEqualTo(1, TOLERANCE);
    }

    @Test
    void brierIsScikitLearns() {
        // brier_score_loss([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3]) in its reference: 0.0375
        Details.Binary d =
                LabelledRows.details(new float[] {logit(0.1), logit(0.9), logit(0.8), logit(0.3)}, 0, 1, 1, 0);
        assertThat(d.brier()).isEqualTo(0.0375, TOLERANCE);
        // each row a bin of its own
        assertThat(d.ece()).isEqualTo((0.1 + 0.1 + 0.2 + 0.3) / 4, TOLERANCE);
    }

    @Test
    void mccIsScikitLearns() {
        // matthews_corrcoef([1, 1, 1, -1], [1, -1, 1, 1]) in its reference: -0.33
        assertThat(LabelledRows.details(new float[] {1, -1, 1, 1}, 1, 1, 1, 0).mcc()).isEqualTo(-1. / 3, TOLERANCE);
    }

    @Test
    void beforeIsWithoutCalibrationAndAfterWithIt() {
        // pos_weight 3 undone: a logit of ln 3 is a probability of 0.5 and not of 0.75
        DecisionRule rule = new DecisionRule(Task.BINARY, List.of("0", "1"),
                new Calibration(List.of(1.), List.of(-Math.log(3))), List.of(0.4), Optional.empty());
        float[] logits = {(float) Math.log(3), (float) Math.log(3)};
        Details.Binary d =
                (Details.Binary) MeasuredSplit.of(rule, LabelledRows.BINARY, LabelledRows.rows(1, 0), logits).details();
        assertThat(d.ece()).isEqualTo(0, TOLERANCE);
        assertThat(d.eceBefore()).isEqualTo(0.25, TOLERANCE);
        assertThat(d.brier()).isEqualTo(0.25, TOLERANCE);
        assertThat(d.brierBefore()).isEqualTo((0.0625 + 0.5625) / 2, TOLERANCE);
        assertThat(d.lossBefore()).isEqualTo(-(Math.log(0.75) + Math.log(0.25)) / 2, TOLERANCE);
        Metrics metrics = MeasuredSplit.of(rule, LabelledRows.BINARY, LabelledRows.rows(1, 0), logits).metrics();
        assertThat(metrics.loss()).isEqualTo(Math.log(2), TOLERANCE);
        assertThat(((Metrics.Binary) metrics).recall()).isEqualTo(1);
        DecisionRule stricter = new DecisionRule(
                Task.BINARY, rule.labels(), rule.calibration(), List.of(0.6), Optional.empty());
        assertThat(((Metrics.Binary) MeasuredSplit.of(stricter, LabelledRows.BINARY, LabelledRows.rows(1, 0), logits)
                .metrics()).recall()).isZero();
    }

    @Test
    void oneClassOnlyDefinesNoRanking() {
        Details.Binary negatives = LabelledRows.details(new float[] {-1, 2}, 0, 0);
        assertThat(negatives.confusion()).isEqualTo(List.of(List.of(1, 1), List.of(0, 0)));
        assertThat(negatives.mcc()).isZero();
        assertThat(negatives.wss95()).isNull();
        assertThat(negatives.recallAtTop5()).isNull();
        assertThat(negatives.intervals()).doesNotContainKeys("rocAuc", "prAuc", "wss95", "recallAtTop5");
        Details.Binary positives = LabelledRows.details(new float[] {-1, 2}, 1, 1);
        assertThat(positives.mcc()).isZero();
        assertThat(positives.recallAtTop50()).isEqualTo(0.5);
        Details.Binary noneCalled = LabelledRows.details(new float[] {-1, -2}, 1, 0);
        assertThat(noneCalled.mcc()).isZero();
        assertThat(noneCalled.confusion()).isEqualTo(List.of(List.of(1, 0), List.of(1, 0)));
    }

    @Test
    void multiClassDetailsAreScikitLearns() {
        // matthews_corrcoef([0, 1, 2, 2, 2, 0, 1], [0, 0, 2, 2, 1, 0, 1]): 0.59375
        Details.MultiClass d = multiClass(
                new float[] {1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0}, 0, 1, 2, 2, 2, 0, 1);
        assertThat(d.mcc()).isEqualTo(0.59375, TOLERANCE);
        assertThat(d.confusion()).isEqualTo(List.of(List.of(2, 0, 0), List.of(1, 1, 0), List.of(0, 1, 2)));

        // brier_score_loss([2, 1, 1], […], scale_by_half=False): 0.52667
        Details.MultiClass brier = multiClass(
                new float[] {ln(0.2), ln(0.3), ln(0.5), ln(0.7), ln(0.2), ln(0.1), ln(0.1), ln(0.8), ln(0.1)}, 2, 1, 1);
        assertThat(brier.brier()).isEqualTo((0.38 + 1.14 + 0.06) / 3, TOLERANCE);
        // sure of 0.5, 0.7 and 0.8; the second is wrong
        assertThat(brier.ece()).isEqualTo((0.5 + 0.7 + 0.2) / 3, TOLERANCE);
        assertThat(brier.reliability()).hasSize(3);

        // roc_auc_score([2, 1, 1, 0], softmax(…), multi_class="ovr"): 0.888889
        Details.MultiClass auc = multiClass(new float[] {1, 2, 3, 0, 2, 1, 3, 2, 0, 2, 1, 0}, 2, 1, 1, 0);
        assertThat(auc.rocAuc()).isEqualTo(0.888888889, TOLERANCE);
        assertThat(auc.perClassDetails().get(2).rocAuc()).isEqualTo(1);
        assertThat(auc.perClassDetails().get(1).intervals()).containsKeys("precision", "recall", "f1");
    }

    @Test
    void aClassThatNoRowHasIsLeftOutOfMeansOfAreas() {
        Details.MultiClass d = multiClass(new float[] {3, 0, 0, 0, 3, 0}, 0, 1);
        assertThat(d.rocAuc()).isEqualTo(1);
        assertThat(d.perClassDetails().get(2).rocAuc()).isNull();
        assertThat(d.perClassDetails().get(2).prAuc()).isNull();
        assertThat(multiClass(new float[] {3, 0, 0}, 0).mcc()).isZero();
    }

    @Test
    void multiLabelDetailsAreMeansOverLabels() {
        List<String> labels = List.of("a", "b");
        LabelSet set = new LabelSet(Task.MULTI_LABEL, labels);
        float[] logits = {1, 2, 1, -2, -1, -2, -1, 2};
        boolean[] flags = {true, true, false, false, false, false, true, true};
        DecisionRule rule = new DecisionRule(
                Task.MULTI_LABEL, labels, Calibration.none(2), List.of(0.5, 0.9), Optional.empty());
        Details.MultiLabel d =
                (Details.MultiLabel) MeasuredSplit.of(rule, set, LabelledRows.rows(labels, flags), logits).details();
        Details.Binary a = d.perLabelDetails().get(0).details();
        Details.Binary b = d.perLabelDetails().get(1).details();
        assertThat(a.confusion()).isEqualTo(List.of(List.of(1, 1), List.of(1, 1)));
        assertThat(b.confusion()).isEqualTo(List.of(List.of(2, 0), List.of(2, 0))); // sigmoid(2) is below 0.9
        assertThat(b.threshold()).isEqualTo(0.9);
        assertThat(d.brier()).isEqualTo((a.brier() + b.brier()) / 2, TOLERANCE);
        assertThat(d.ece()).isEqualTo((a.ece() + b.ece()) / 2, TOLERANCE);
        assertThat(d.rocAuc()).isEqualTo((0.5 + 1) / 2, TOLERANCE);
        assertThat(d.mcc()).isEqualTo((a.mcc() + b.mcc()) / 2, TOLERANCE);
        assertThat(d.intervals()).containsKeys("microF1", "macroF1", "loss", "mcc");
    }

    private static Details.MultiClass multiClass(float[] logits, int... classes) {
        List<String> labels = List.of("a", "b", "c");
        LabelSet set = new LabelSet(Task.MULTI_CLASS, labels);
        DecisionRule rule = new DecisionRule(Task.MULTI_CLASS, labels, 0.5);
        return (Details.MultiClass) MeasuredSplit.of(rule, set, LabelledRows.rows(labels, classes), logits).details();
    }

    private static float logit(double p) {
        return (float) Math.log(p / (1 - p));
    }

    private static float ln(double p) {
        return (float) Math.log(p);
    }
}
