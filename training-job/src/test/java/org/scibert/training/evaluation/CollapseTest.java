package org.scibert.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;

class CollapseTest {
    private static final List<String> LABELS = List.of("a", "b", "c");

    @Test
    void equalDecisionsAreNoCollapseWhereTheRankingIsGood() {
        // All far below 0.5, so that no row is predicted positive; the three positives are on top but for one.
        float[] logits = {-3, -3.1f, -3.3f, -3.2f, -3.4f, -3.5f, -3.6f, -3.7f};
        assertThat(binary(logits, 1, 1, 1, 0, 0, 0, 0, 0)).isEmpty();
        // Likewise all far above.
        assertThat(binary(plus(logits, 6), 1, 1, 1, 0, 0, 0, 0, 0)).isEmpty();
    }

    @Test
    void logitsThatHardlyDifferAreACollapseHoweverTheyRank() {
        float[] logits = {1.00004f, 1.00003f, 1.00002f, 1.00001f};
        assertThat(binary(logits, 1, 1, 0, 0)).contains("its logits for 4 dev rows differ by 3.0e-05 at most");
        assertThat(binary(new float[] {2, 2, 2, 2}, 1, 1, 0, 0))
                .contains("its logits for 4 dev rows differ by 0.0e+00 at most");
    }

    @Test
    void aRankingByChanceIsACollapse() {
        assertThat(binary(new float[] {4, 3, 2, 1}, 1, 0, 0, 1)).contains("dev ROC-AUC is 0.5000, and 0.5 is chance");
        assertThat(binary(new float[] {4, 3, 2, 1}, 0, 1, 1, 0)).isPresent();
        assertThat(binary(new float[] {4, 3, 2, 1}, 1, 0, 1, 0)).isEmpty(); // 0.75
    }

    @Test
    void aRareClassThatIsNeverThePredictedOneIsNoCollapse() {
        // The logit of class a is the largest in every row; those of b and c rank their rows right.
        float[] logits = {5, 0, 0, 5, 0, 0, 5, 1, 0, 5, 0, 1};
        assertThat(multiClass(logits, 0, 0, 1, 2)).isEmpty();
    }

    @Test
    void softmaxSeesDifferencesOnly() {
        float[] logits = {1, 2, 3, 2, 3, 4, 3, 4, 5, 4, 5, 6};
        assertThat(multiClass(logits, 0, 1, 2, 0)).contains("its logits for 4 dev rows differ by 0.0e+00 at most");
    }

    @Test
    void aMultiLabelModelCollapsedIfItRanksNoLabelOnAverage() {
        LabelSet labels = new LabelSet(Task.MULTI_LABEL, LABELS.subList(0, 2));
        Rows rows = LabelledRows.rows(labels.labels(), true, false, false, true, true, false, false, true);
        float[] ranked = {-1, -9, -3, -8, -2, -9, -4, -7}; // both labels, all below 0.5
        assertThat(in(labels, rows, ranked)).isEmpty();
        float[] chance = {-1, -9, -1, -9, -2, -8, -2, -8};
        assertThat(in(labels, rows, chance)).contains("dev ROC-AUC is 0.5000, and 0.5 is chance");
    }

    private static float[] plus(float[] logits, float shift) {
        float[] shifted = logits.clone();
        IntStream.range(0, logits.length).forEach(i -> shifted[i] += shift);
        return shifted;
    }

    private static Optional<String> binary(float[] logits, int... classes) {
        return in(LabelledRows.BINARY, LabelledRows.rows(classes), logits);
    }

    private static Optional<String> multiClass(float[] logits, int... classes) {
        return in(new LabelSet(Task.MULTI_CLASS, LABELS), LabelledRows.rows(LABELS, classes), logits);
    }

    private static Optional<String> in(LabelSet labels, Rows rows, float[] logits) {
        DecisionRule rule = new DecisionRule(labels.task(), labels.labels(), DecisionRule.DEFAULT_THRESHOLD);
        return Collapse.in(Split.DEV, MeasuredSplit.of(rule, labels, rows, logits).measurement(), logits);
    }
}
