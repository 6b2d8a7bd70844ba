package org.scibert.function.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Decision;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;

class TrialStatisticsTest {
    private static final DecisionRule RULE = new DecisionRule(Task.MULTI_CLASS, List.of("a", "b", "c"), 0.5);
    private static final CandidateSettings LIMITS =
            new CandidateSettings(Optional.empty(), false, Optional.empty(), 0.1, 10, 0.2, 2, 0.8);

    private final TrialStatistics statistics = new TrialStatistics(LIMITS);

    /** The decision with these probabilities. */
    private static Decision decision(double... p) {
        float[] logits = new float[p.length];
        for (int c = 0; c < p.length; c++) {
            logits[c] = (float) Math.log(p[c]);
        }
        return RULE.decide(logits);
    }

    /** Differences of 0.5 (b), 0.02 (c) and 0; the first changes the label. */
    @Test
    void agreementAndDifferenceByHand() {
        statistics.compare(decision(0.5, 0.3, 0.2), decision(0.1, 0.8, 0.1));
        statistics.compare(decision(0.5, 0.3, 0.2), decision(0.49, 0.29, 0.22));
        statistics.compare(decision(0.5, 0.3, 0.2), decision(0.5, 0.3, 0.2));

        TrialStatistics.Summary summary = statistics.summary();
        assertThat(summary.compared()).isEqualTo(3);
        assertThat(summary.agreement()).isEqualTo(2 / 3.);
        assertThat(summary.difference()).isCloseTo((0.5 + 0.02) / 3, within(1e-7));
        assertThat(summary.differences().get(0)).isEqualTo(1);
        assertThat(summary.differences().get(1)).isEqualTo(1);
        assertThat(summary.differences().stream().mapToInt(i -> i).sum()).isEqualTo(3);
    }

    /** Of ten texts two may fail, and a third is too many; of nine there is no judgement. */
    @Test
    void tooManyErrors() {
        statistics.failed(2);
        statistics.read(8);
        assertThat(statistics.against()).isEmpty();
        statistics.failed(1);
        assertThat(statistics.against()).contains("it failed for 3 of 11 texts, and may for a share of 0.2");

        TrialStatistics few = new TrialStatistics(LIMITS);
        few.failed(9);
        assertThat(few.against()).isEmpty();
    }

    @Test
    void tooLittleAgreement() {
        for (int i = 0; i < 10; i++) {
            assertThat(statistics.against()).isEmpty();
            statistics.compare(
                    decision(0.6, 0.4, 0.0001), i < 7 ? decision(0.7, 0.3, 0.0001) : decision(0.3, 0.7, 0.0001));
        }
        assertThat(statistics.against()).contains("it agrees on 7 of 10 texts, and must on a share of 0.8");
    }

    /** Medians of 10 and 30 nanoseconds a token; one that stalls changes nothing. */
    @Test
    void tooSlow() {
        statistics.read(50);
        for (int i = 0; i < 50; i++) {
            assertThat(statistics.against()).isEmpty();
            statistics.took(false, 1000, 100);
            statistics.took(true, i == 7 ? 1_000_000_000 : 3000, 100);
        }
        assertThat(statistics.summary().latencyRatio()).isEqualTo(3);
        assertThat(statistics.against())
                .contains("it takes 3.00 times as long as the model in service, and may 2.0 times");
    }

    @Test
    void nothingComparedIsNoNumber() {
        assertThat(statistics.summary()).isEqualTo(
                new TrialStatistics.Summary(0, 0, 0, 0, null, null, List.of(0, 0, 0, 0, 0, 0), null));
    }
}
