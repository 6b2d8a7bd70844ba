package org.scibert.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionRuleTest {
    private static final List<String> SIDES = List.of("exclude", "include");
    private static final List<String> TOPICS = List.of("a", "b", "c");

    @Test
    void theThresholdIsInCalibratedProbability() {
        // trained with pos_weight 9: log-odds are ln 9 too high, 0.9 stands for 0.5
        DecisionRule rule = binary(new Calibration(List.of(1.), List.of(-Math.log(9))), 0.5, Optional.empty());
        Decision above = rule.decide(new float[] {(float) Math.log(9.01)});
        assertThat(above.chosen()).containsExactly("include");
        assertThat(above.probabilities().get("include")).isEqualTo(9.01 / 18.01, within(1e-7));
        assertThat(above.probabilities().get("exclude")).isEqualTo(9. / 18.01, within(1e-7));
        assertThat(rule.decide(new float[] {(float) Math.log(8.99)}).chosen()).containsExactly("exclude");
    }

    @Test
    void aTextAtTheThresholdIsGivenTheLabel() {
        assertThat(new DecisionRule(Task.BINARY, SIDES, 0.5).decide(new float[] {0}).chosen())
                .containsExactly("include");
    }

    @Test
    void aPersonIsAskedAboutTheBandItsEndsIncluded() {
        DecisionRule rule = binary(Calibration.none(1), 0.5, Optional.of(new ReviewBand(0.25, 0.5)));
        assertThat(verdict(rule, -1.2)).contains(Verdict.EXCLUDE); // 0.231
        assertThat(verdict(rule, -1.0)).contains(Verdict.ASK); // 0.269
        assertThat(verdict(rule, 0)).contains(Verdict.ASK);
        assertThat(verdict(rule, 0.1)).contains(Verdict.INCLUDE);
        assertThat(rule.decide(new float[] {-1}).chosen()).containsExactly("exclude");
    }

    @Test
    void theWidestBandAsksAboutEverything() {
        DecisionRule rule = binary(Calibration.none(1), 0.5, Optional.of(new ReviewBand(0, 1)));
        assertThat(verdict(rule, -1e30)).contains(Verdict.ASK);
        assertThat(verdict(rule, 1e30)).contains(Verdict.ASK);
    }

    @Test
    void withoutABandThereIsNoVerdict() {
        assertThat(verdict(new DecisionRule(Task.BINARY, SIDES, 0.5), 3)).isEmpty();
        assertThat(new DecisionRule(Task.MULTI_LABEL, TOPICS, 0.5).decide(new float[3]).verdict()).isEmpty();
        assertThat(new DecisionRule(Task.MULTI_CLASS, TOPICS, 0.5).decide(new float[3]).verdict()).isEmpty();
    }

    @Test
    void eachLabelOfManyHasItsThreshold() {
        DecisionRule rule = new DecisionRule(
                Task.MULTI_LABEL, TOPICS, Calibration.none(3), List.of(0.2, 0.5, 0.9), Optional.empty());
        // sigmoid(-1) = 0.269, sigmoid(2) = 0.881
        assertThat(rule.decide(new float[] {-1, -1, -1}).chosen()).containsExactly("a");
        assertThat(rule.decide(new float[] {2, 2, 2}).chosen()).containsExactly("a", "b");
        assertThat(rule.decide(new float[] {-9, -9, -9}).chosen()).isEmpty();
    }

    @Test
    void theFirstOfEquallyProbableClassesIsGiven() {
        DecisionRule rule = new DecisionRule(Task.MULTI_CLASS, TOPICS, 0.5);
        assertThat(rule.thresholds()).isEmpty();
        Decision decision = rule.decide(new float[] {0, 1, 1});
        assertThat(decision.chosen()).containsExactly("b");
        assertThat(decision.probabilities().values().stream().mapToDouble(p -> p).sum()).isEqualTo(1, within(1e-12));
    }

    @Test
    void aRuleThatContradictsItselfIsRefused() {
        Calibration one = Calibration.none(1);
        assertThatThrownBy(() -> binary(Calibration.none(2), 0.5, Optional.empty())).hasMessage("a binary task with the"
                + " labels [exclude, include] has 1 logits and 1 thresholds, not 2 calibrated ones and 1");
        assertThatThrownBy(() -> new DecisionRule(Task.BINARY, SIDES, one, List.of(), Optional.empty()))
                .hasMessageEndingWith("has 1 logits and 1 thresholds, not 1 calibrated ones and 0");
        assertThatThrownBy(() -> binary(one, 1.1, Optional.empty()))
                .hasMessage("a threshold must be in [0, 1], is 1.1");
        assertThatThrownBy(() -> binary(one, 0.5, Optional.of(new ReviewBand(0.6, 0.9))))
                .hasMessage("the threshold 0.5 must lie in the review band from 0.6 to 0.9");
        assertThatThrownBy(() -> new ReviewBand(0.9, 0.6))
                .hasMessage("a review band must be 0 ≤ low ≤ high ≤ 1, is low 0.9 and high 0.6");
        assertThatThrownBy(() -> new DecisionRule(Task.MULTI_LABEL, List.of("a"), one, List.of(0.5),
                        Optional.of(new ReviewBand(0, 1))))
                .hasMessage("only a binary task includes or excludes; multi-label has no review band");
    }

    private static Optional<Verdict> verdict(DecisionRule rule, double logit) {
        return rule.decide(new float[] {(float) logit}).verdict();
    }

    private static DecisionRule binary(Calibration calibration, double threshold, Optional<ReviewBand> review) {
        return new DecisionRule(Task.BINARY, SIDES, calibration, List.of(threshold), review);
    }
}
