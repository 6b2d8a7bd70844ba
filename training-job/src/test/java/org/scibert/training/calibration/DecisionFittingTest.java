package org.scibert.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Decision;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Probabilities;
import org.scibert.decision.Task;
import org.scibert.decision.Verdict;
import org.scibert.training.calibration.ThresholdRule.BestF1;
import org.scibert.training.calibration.ThresholdRule.TargetRecall;
import org.scibert.training.evaluation.Details;
import org.scibert.training.evaluation.LabelledRows;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

class DecisionFittingTest {
    private static final List<String> NAMES = List.of("exclude", "include");
    private static final List<String> TOPICS = List.of("a", "b");

    private final Random random = new Random(3);

    @Test
    void aBinaryModelIsCalibratedCutAndGivenABand() {
        int[] classes = new int[600];
        float[] logits = logits(classes, Math.log(5));
        Rows dev = LabelledRows.rows(classes);
        DecisionFitting fitting = DecisionFitting.on(
                new DecisionConfig(new TargetRecall(0.9), Optional.of(0.05), 0.95),
                NAMES, LabelledRows.BINARY, dev, logits, new float[] {5});

        DecisionRule rule = fitting.rule();
        assertThat(fitting.how().notes()).isEmpty();
        FittedDecisions.Threshold chosen = fitting.how().thresholds().get(0);
        assertThat(chosen.lowerBound()).isGreaterThanOrEqualTo(0.9);
        Metrics.Binary metrics = (Metrics.Binary) MeasuredSplit.of(rule, LabelledRows.BINARY, dev, logits).metrics();
        assertThat(metrics.recall()).isEqualTo(chosen.recall());
        assertThat(metrics.precision()).isEqualTo(chosen.precision());
        Details.Binary details = (Details.Binary) MeasuredSplit.of(rule, LabelledRows.BINARY, dev, logits).details();
        assertThat(details.ece()).isLessThan(details.eceBefore());
        assertThat(details.brier()).isLessThan(details.brierBefore());
        assertThat(metrics.loss()).isLessThan(details.lossBefore());

        int decided = 0;
        int wrong = 0;
        for (int i = 0; i < classes.length; i++) {
            Decision decision = rule.decide(new float[] {logits[i]});
            Verdict verdict = decision.verdict().orElseThrow();
            if (verdict != Verdict.ASK) {
                assertThat(decision.chosen()).containsExactly(verdict.title());
                decided++;
                wrong += verdict == Verdict.INCLUDE ^ classes[i] == 1 ? 1 : 0;
            }
        }
        assertThat(decided).isEqualTo(fitting.how().review().decided().rows()).isPositive();
        assertThat(ClopperPearson.upper(wrong, decided, 0.95)).isLessThanOrEqualTo(0.05);
    }

    @Test
    void eachLabelOfManyIsCalibratedAndCutByItself() {
        int[] a = new int[300];
        int[] b = new int[300];
        float[] ofA = logits(a, 0);
        float[] ofB = logits(b, 4);
        float[] logits = new float[600];
        boolean[] flags = new boolean[600];
        for (int i = 0; i < 300; i++) {
            logits[2 * i] = ofA[i];
            logits[2 * i + 1] = ofB[i];
            flags[2 * i] = a[i] == 1;
            flags[2 * i + 1] = b[i] == 1 && i < 20; // too few to fit
        }
        DecisionFitting fitting = DecisionFitting.on(config(), TOPICS, new LabelSet(Task.MULTI_LABEL, TOPICS),
                LabelledRows.rows(TOPICS, flags), logits, new float[] {1, 7});
        assertThat(fitting.how().calibration().get(0)).isEqualTo(PlattScaling.fit(
                "a", doubles(ofA), booleans(a), 1));
        assertThat(fitting.how().calibration().get(1).method()).isEqualTo(FittedDecisions.Method.PRIOR_SHIFT);
        assertThat(fitting.rule().calibration().intercepts().get(1)).isEqualTo(-Math.log(7));
        assertThat(fitting.rule().thresholds()).hasSize(2);
        assertThat(fitting.how().notes()).hasSize(1);
    }

    @Test
    void multiClassHasATemperatureAndNoThresholds() {
        float[] logits = new float[120];
        int[] classes = new int[60];
        for (int i = 0; i < 60; i++) {
            classes[i] = i % 2;
            logits[2 * i + (i % 10 == 0 ? 1 - classes[i] : classes[i])] = 8; // nine of ten right, sure of all
        }
        DecisionFitting fitting = DecisionFitting.on(config(), TOPICS, new LabelSet(Task.MULTI_CLASS, TOPICS),
                LabelledRows.rows(TOPICS, classes), logits, new float[] {1, 1});
        assertThat(fitting.rule().thresholds()).isEmpty();
        assertThat(fitting.rule().calibration().slopes()).hasSize(2).containsOnly(
                fitting.how().calibration().get(0).slope());
        // (54 · 31/32 + 6 · 1/32) / 60 of the targets agree with the call
        assertThat(fitting.rule().decide(new float[] {8, 0}).probabilities().get("a"))
                .isEqualTo((54 * 31. / 32 + 6. / 32) / 60, within(1e-9));
    }

    @Test
    void theSameRowsGiveTheSameBytes() throws JsonProcessingException {
        int[] classes = new int[200];
        float[] logits = logits(classes, 1);
        String first = json(classes, logits);
        assertThat(json(classes, logits)).isEqualTo(first)
                .contains("\"method\":\"platt\"", "\"rule\":\"best-f1\"", "\"excluded\":{\"rows\":")
                .doesNotContain("null");
    }

    @Test
    void anErrorBudgetIsForBinaryOnly() {
        DecisionConfig config = new DecisionConfig(new BestF1(), Optional.of(0.05), 0.95);
        assertThatThrownBy(() -> config.check(Task.MULTI_LABEL))
                .hasMessage(
                        "only a binary task includes, excludes or asks; leave the error budget out for multi-label");
        assertThatThrownBy(() -> new DecisionConfig(new BestF1(), Optional.of(5.), 0.95))
                .hasMessage("an error budget must be above 0 and below 1, is 5.0; 0.05 is five wrong in a hundred");
        assertThatThrownBy(() -> new DecisionConfig(new BestF1(), Optional.empty(), 1))
                .hasMessage("a confidence must be above 0 and below 1, is 1.0");
    }

    private static String json(int[] classes, float[] logits) throws JsonProcessingException {
        DecisionConfig config = new DecisionConfig(new BestF1(), Optional.of(0.1), 0.95);
        return new ObjectMapper().writeValueAsString(DecisionFitting.on(
                config, NAMES, LabelledRows.BINARY, LabelledRows.rows(classes), logits, new float[] {2}).how());
    }

    private static DecisionConfig config() {
        return new DecisionConfig(new BestF1(), Optional.empty(), 0.95);
    }

    /** Fills in classes that come true with the probability of an honest logit, and gives the logits with a shift. */
    private float[] logits(int[] classes, double shift) {
        float[] logits = new float[classes.length];
        for (int i = 0; i < classes.length; i++) {
            double honest = 4 * random.nextGaussian() - 1;
            classes[i] = random.nextDouble() < Probabilities.sigmoid(honest) ? 1 : 0;
            logits[i] = (float) (honest + shift);
        }
        return logits;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static boolean[] booleans(int[] classes) {
        boolean[] is = new boolean[classes.length];
        for (int i = 0; i < is.length; i++) {
            is[i] = classes[i] == 1;
        }
        return is;
    }
}
