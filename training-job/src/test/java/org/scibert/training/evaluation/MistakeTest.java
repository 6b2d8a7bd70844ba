package org.scibert.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.training.rows.LabelSet;

class MistakeTest {
    @Test
    void binaryMistakesByHand() {
        DecisionRule rule = new DecisionRule(Task.BINARY, List.of("out", "in"), 0.5);
        // right; a positive at sigmoid(-ln 3) = 1/4; a negative at sigmoid(ln 9) = 9/10
        float[] logits = {1, (float) -Math.log(3), (float) Math.log(9)};
        List<Mistake> worst = Mistake.worst(rule, LabelledRows.BINARY, LabelledRows.rows(1, 1, 0), logits, 5);
        assertThat(worst).extracting(Mistake::line).containsExactly(3, 2);
        assertThat(worst.get(0).gold()).containsExactly("out");
        assertThat(worst.get(0).predicted()).containsExactly("in");
        assertThat(worst.get(0).probability()).isEqualTo(0.1, within(1e-6));
        assertThat(worst.get(0).loss()).isEqualTo(Math.log(10), within(1e-6));
        assertThat(worst.get(1).loss()).isEqualTo(Math.log(4), within(1e-6));
        assertThat(Mistake.worst(rule, LabelledRows.BINARY, LabelledRows.rows(1, 1, 0), logits, 1)).hasSize(1);
    }

    @Test
    void multiClassMistakesByHand() {
        List<String> labels = List.of("a", "b");
        DecisionRule rule = new DecisionRule(Task.MULTI_CLASS, labels, 0.5);
        float[] logits = {(float) Math.log(3), 0, 0, 1};
        List<Mistake> worst = Mistake.worst(
                rule, new LabelSet(Task.MULTI_CLASS, labels), LabelledRows.rows(labels, 1, 1), logits, 5);
        assertThat(worst).hasSize(1);
        assertThat(worst.get(0).probability()).isEqualTo(0.25, within(1e-6));
        assertThat(worst.get(0).loss()).isEqualTo(Math.log(4), within(1e-6));
    }

    @Test
    void aRowOfManyLabelsIsWrongIfOneOfThemIs() {
        List<String> labels = List.of("a", "b");
        DecisionRule rule = new DecisionRule(Task.MULTI_LABEL, labels, 0.5);
        float[] logits = {(float) Math.log(3), (float) Math.log(3), 2, -2};
        List<Mistake> worst = Mistake.worst(
                rule, new LabelSet(Task.MULTI_LABEL, labels),
                LabelledRows.rows(labels, true, false, true, false), logits, 5);
        assertThat(worst).hasSize(1);
        assertThat(worst.get(0).gold()).containsExactly("a");
        assertThat(worst.get(0).predicted()).containsExactly("a", "b");
        assertThat(worst.get(0).probability()).isEqualTo(0.25, within(1e-6)); // of not being b
        assertThat(worst.get(0).loss()).isEqualTo((Math.log(4) + Math.log(4. / 3)) / 2, within(1e-6));
    }
}
