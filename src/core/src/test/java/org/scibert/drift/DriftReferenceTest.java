package org.scibert.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Calibration;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.ReviewBand;
import org.scibert.decision.Task;
import org.scibert.text.Encoding;

class DriftReferenceTest {
    private static final List<String> LABELS = List.of("other", "objective");

    /** 200 texts with the scores 0, 0.005, …, 0.995: each decile has 20. */
    private static List<TextFacts> evenly() {
        return IntStream.range(0, 200).mapToObj(i -> text(i / 200.)).toList();
    }

    private static TextFacts text(double score) {
        boolean positive = score >= 0.5;
        return new TextFacts(
                new int[] {positive ? 1 : 0}, score, positive ? score : 1 - score, false, score > 0.9, 10, 1);
    }

    @Test
    void theBinsAreDevsDeciles() {
        DriftReference reference = DriftReference.of(LABELS, evenly());

        assertThat(reference.edges()).containsExactly(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);
        assertThat(reference.scores()).containsOnly(20).hasSize(10);
        assertThat(reference.labels()).isEqualTo(Map.of("other", 100, "objective", 100));
        assertThat(reference.truncated()).isEqualTo(19);
        assertThat(reference.tokens()).isEqualTo(2000);
        assertThat(reference.unknownTokens()).isEqualTo(200);
    }

    /** Of the confidences 0.5, 0.505, 0.505, 0.51, 0.51, … and 1, the twenty-first is 0.55. */
    @Test
    void nineOfTenDevTextsReachTheConfidenceOfTheUnsure() {
        assertThat(DriftReference.of(LABELS, evenly()).unsure()).isEqualTo(0.55);
    }

    @Test
    void aScoreBelongsToTheBinWhoseEdgesItReaches() {
        DriftReference reference = DriftReference.of(LABELS, evenly());

        assertThat(reference.bin(0)).isZero();
        assertThat(reference.bin(0.0999)).isZero();
        assertThat(reference.bin(0.1)).isEqualTo(1);
        assertThat(reference.bin(1)).isEqualTo(9);
    }

    @Test
    void fewTextsHaveFewBinsAndTooFewHaveOne() {
        DriftReference sixty = DriftReference.of(LABELS, IntStream.range(0, 60).mapToObj(i -> text(i / 60.)).toList());
        DriftReference few = DriftReference.of(LABELS, List.of(text(0.2), text(0.7)));

        assertThat(sixty.scores()).containsExactly(20, 20, 20);
        assertThat(sixty.comparable(3)).isTrue();
        assertThat(sixty.comparable(4)).isFalse();
        assertThat(few.edges()).isEmpty();
        assertThat(few.scores()).containsExactly(2);
        assertThat(few.comparable(1)).isFalse();
    }

    /** Equal scores make equal deciles, which are one edge. */
    @Test
    void equalScoresShareABin() {
        List<TextFacts> two = IntStream.range(0, 200).mapToObj(i -> text(i < 150 ? 0.1 : 0.8)).toList();

        DriftReference reference = DriftReference.of(LABELS, two);

        assertThat(reference.edges()).containsExactly(0.8);
        assertThat(reference.scores()).containsExactly(150, 50);
    }

    @Test
    void theFileIsReadAsItWasWritten() throws Exception {
        DriftReference reference = DriftReference.of(LABELS, evenly());

        assertThat(DriftReference.read(reference.toBytes())).isEqualTo(reference);
        assertThat(new String(reference.toBytes(), StandardCharsets.UTF_8))
                .startsWith("{\n  \"texts\" : 200,\n  \"labels\" : {\n    \"other\" : 100,");
        assertThatThrownBy(() -> DriftReference.read("""
                {"texts": 3, "labels": {}, "edges": [0.5], "scores": [1, 1], "unsure": 0.5, "asked": 0, "truncated": 0,
                 "tokens": 3, "unknownTokens": 0}""".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("3 texts, 1 edges and a histogram of 2 texts in 2 bins");
    }

    @Test
    void factsOfATextAreItsNumbers() {
        Encoding cut = new Encoding(new int[] {2, 5, 1, 1, 3}, 9);
        DecisionRule binary = new DecisionRule(Task.BINARY, LABELS, Calibration.none(1), List.of(0.5),
                Optional.of(new ReviewBand(0.4, 0.6)));
        DecisionRule classes = new DecisionRule(Task.MULTI_CLASS, List.of("a", "b", "c"), 0.5);
        DecisionRule many = new DecisionRule(Task.MULTI_LABEL, List.of("a", "b", "c"), 0.5);

        TextFacts asked = facts(binary, cut, 0);
        assertThat(asked.labels()).containsExactly(1);
        assertThat(asked.score()).isEqualTo(0.5);
        assertThat(asked.asked()).isTrue();
        assertThat(asked.truncated()).isTrue();
        assertThat(asked.tokens()).isEqualTo(3);
        assertThat(asked.unknownTokens()).isEqualTo(2);
        TextFacts no = facts(binary, cut, (float) Math.log(1 / 3.));
        assertThat(no.score()).isCloseTo(0.25, within(1e-7));
        assertThat(no.confidence()).isCloseTo(0.75, within(1e-7));
        assertThat(no.asked()).isFalse();
        TextFacts second = facts(classes, cut, 0, (float) Math.log(2), 0);
        assertThat(second.labels()).containsExactly(1);
        assertThat(second.score()).isCloseTo(0.5, within(1e-7));
        TextFacts none = facts(many, cut, -3, -1, -2);
        assertThat(none.labels()).isEmpty();
        assertThat(none.confidence()).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-7));
        assertThat(none.score()).isCloseTo(1 / (1 + Math.exp(1)), within(1e-7));
    }

    private static TextFacts facts(DecisionRule rule, Encoding text, float... logits) {
        return TextFacts.of(rule, rule.decide(logits), text, 1);
    }
}
