package org.scibert.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.training.evaluation.PairedComparison.Answers;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

class PairedComparisonTest {
    private static final LabelSet THREE = new LabelSet(Task.MULTI_CLASS, List.of("a", "b", "c"));
    private static final double CONFIDENCE = 0.95;

    @Test
    void theSameAnswersDifferByNothing() {
        float[] logits = {3, 2, 1, 0, -1};
        PairedComparison found = binary(logits, logits, 1, 0, 1, 0, 0);

        // positives at ranks 1 and 3: (1/1 + 2/3) / 2
        assertThat(found.score()).isEqualTo(5.0 / 6, within(1e-12)).isEqualTo(found.currentScore());
        assertThat(List.of(found.difference(), found.low(), found.high())).containsOnly(0.0);
        assertThat(found.measure()).isEqualTo("prAuc");
        assertThat(found.resamples()).isEqualTo(2000);
    }

    @Test
    void whatIsPairedIsFarSurerThanTheScoresThemselves() {
        // both are wrong on the same tenth of 200 rows, the candidate right on 10 more
        int[] classes = new int[200];
        float[] candidate = new float[600];
        float[] current = new float[600];
        for (int i = 0; i < 200; i++) {
            classes[i] = i % 3;
            candidate[i * 3 + (i % 10 == 0 ? (i + 1) % 3 : i % 3)] = 1;
            current[i * 3 + (i % 10 == 0 || i % 20 == 3 ? (i + 1) % 3 : i % 3)] = 1;
        }
        Rows rows = LabelledRows.rows(THREE.labels(), classes);
        DecisionRule rule = new DecisionRule(Task.MULTI_CLASS, THREE.labels(), DecisionRule.DEFAULT_THRESHOLD);

        PairedComparison found = PairedComparison.of(
                new Answers(rule, candidate), new Answers(rule, current), THREE, rows, CONFIDENCE).orElseThrow();

        assertThat(found.measure()).isEqualTo("macroF1");
        assertThat(found.score()).isEqualTo(0.9, within(0.005));
        assertThat(found.currentScore()).isEqualTo(0.85, within(0.005));
        // a share of 5 % in 200 rows: 0.05 ± 1.645 √(0.05 · 0.95 / 200); each score alone varies by ± 0.035 to 0.042
        assertThat(found.low()).isEqualTo(0.05 - 0.0254, within(0.006));
        assertThat(found.high()).isEqualTo(0.05 + 0.0254, within(0.006));
    }

    @Test
    void theOtherWayRoundEverythingHasTheOtherSign() {
        Random random = new Random(3);
        int[] classes = random.ints(60, 0, 2).toArray();
        float[] a = noisy(classes, random);
        float[] b = noisy(classes, random);

        PairedComparison there = binary(a, b, classes);
        PairedComparison back = binary(b, a, classes);

        assertThat(back.difference()).isEqualTo(-there.difference());
        assertThat(back.low()).isEqualTo(-there.high(), within(1e-12));
        assertThat(back.high()).isEqualTo(-there.low(), within(1e-12));
        assertThat(binary(a, b, classes)).isEqualTo(there);
    }

    @Test
    void withoutPositivesThereIsNothingToCompare() {
        assertThat(compare(new float[] {1, 2}, new float[] {1, 2}, 0, 0)).isEmpty();
    }

    private static float[] noisy(int[] classes, Random random) {
        float[] logits = new float[classes.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (classes[i] + random.nextGaussian());
        }
        return logits;
    }

    private static PairedComparison binary(float[] candidate, float[] current, int... classes) {
        return compare(candidate, current, classes).orElseThrow();
    }

    private static Optional<PairedComparison> compare(float[] candidate, float[] current, int... classes) {
        DecisionRule rule = new DecisionRule(Task.BINARY, LabelledRows.BINARY.labels(), DecisionRule.DEFAULT_THRESHOLD);
        return PairedComparison.of(new Answers(rule, candidate), new Answers(rule, current), LabelledRows.BINARY,
                LabelledRows.rows(classes), CONFIDENCE);
    }
}
