package org.scibert.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionRuleByHandTest {
    private static final DecisionRule BINARY = new DecisionRule(Task.BINARY, List.of("other", "objective"), 0.5);
    private static final DecisionRule CLASSES = new DecisionRule(Task.MULTI_CLASS, List.of("a", "b", "c"), 0.5);
    private static final DecisionRule LABELS = new DecisionRule(Task.MULTI_LABEL, List.of("a", "b", "c"), 0.5);

    @Test
    void oneLogitGivesTheProbabilityOfThePositiveLabel() {
        // ln 3: odds of 3 to 1.
        Decision d = BINARY.decide(new float[] {(float) Math.log(3)});
        assertThat(d.chosen()).containsExactly("objective");
        assertThat(d.probabilities().get("objective")).isCloseTo(0.75, within(1e-7));
        assertThat(d.probabilities().get("other")).isCloseTo(0.25, within(1e-7));
    }

    @Test
    void theThresholdItselfIsPositive() {
        assertThat(BINARY.decide(new float[] {0}).chosen()).containsExactly("objective");
        DecisionRule strict = new DecisionRule(Task.BINARY, List.of("other", "objective"), 0.8);
        assertThat(strict.decide(new float[] {(float) Math.log(3)}).chosen()).containsExactly("other");
    }

    @Test
    void classesAreSoftmaxed() {
        Decision d = CLASSES.decide(new float[] {0, (float) Math.log(2), (float) Math.log(5)});
        assertThat(d.chosen()).containsExactly("c");
        assertThat(d.probabilities().values()).usingElementComparator((x, y) -> Math.abs(x - y) < 1e-7 ? 0 : 1)
                .containsExactly(1 / 8.0, 2 / 8.0, 5 / 8.0);
    }

    @Test
    void labelsAreChosenEachForItself() {
        Decision d = LABELS.decide(new float[] {1, -1, 0});
        assertThat(d.chosen()).containsExactly("a", "c");
        assertThat(LABELS.decide(new float[] {-1, -1, -1}).chosen()).isEmpty();
    }

    @Test
    void hugeLogitsStayProbabilities() {
        assertThat(BINARY.decide(new float[] {-3e38f}).probabilities())
                .containsExactly(entry("other", 1.0), entry("objective", 0.0));
        assertThat(CLASSES.decide(new float[] {3e38f, -3e38f, 0}).probabilities())
                .containsExactly(entry("a", 1.0), entry("b", 0.0), entry("c", 0.0));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aLogitThatIsNotFiniteIsAnError(float logit) {
        assertThatThrownBy(() -> BINARY.decide(new float[] {logit})).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> CLASSES.decide(new float[] {0, logit, 0})).isInstanceOf(ArithmeticException.class);
    }

    @Property(tries = 200)
    void probabilitiesOfClassesSumToOneAndTheLargestWins(
            @ForAll @Size(3) float @FloatRange(min = -100, max = 100) [] logits) {
        Decision d = CLASSES.decide(logits);
        assertThat(d.probabilities().values().stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-9));
        double chosen = d.probabilities().get(d.chosen().get(0));
        assertThat(d.probabilities().values()).allMatch(p -> p >= 0 && p <= chosen);
    }

    @Test
    void impossibleRulesAreRefused() {
        assertThatThrownBy(() -> new DecisionRule(Task.BINARY, List.of("a"), 0.5))
                .hasMessage("a binary task cannot have the labels [a]");
        assertThatThrownBy(() -> new DecisionRule(Task.MULTI_CLASS, List.of("a", "a"), 0.5))
                .hasMessage("each label may stand once in [a, a]");
        assertThatThrownBy(() -> new DecisionRule(Task.BINARY, List.of("a", "b"), 1.5))
                .hasMessage("a threshold must be in [0, 1], is 1.5");
        assertThatThrownBy(() -> CLASSES.decide(new float[2])).hasMessage("3 labels need 3 logits, got 2");
    }
}
