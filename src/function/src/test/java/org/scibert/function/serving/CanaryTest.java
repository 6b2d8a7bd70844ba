package org.scibert.function.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;

import org.scibert.function.serving.TextClassifier.Classified;
import org.scibert.function.serving.TextClassifier.Texts;
import org.scibert.io.Json;
import org.scibert.text.Encoding;

/** A candidate beside the model in service, with models of words: the one in service says yes, the candidate no. */
class CanaryTest {
    private static final List<String> LABELS = List.of("no", "yes");
    private static final String CANDIDATE = "20261125T000000Z-11111111";

    private final FakeModel served = new FakeModel(Task.BINARY, LABELS);
    private final Trials trials = new Trials().serving(served);

    private List<Classified> classify(List<String> texts) {
        return classify(trials, new Texts(texts, false, true));
    }

    private List<Classified> classify(Trials on, Texts texts) {
        List<Encoding> encodings = served.encode(texts.texts(), served.maxTokens());
        return on.classifier.classify(served, texts, encodings, new Deadline(Duration.ofMinutes(1)));
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "text " + i).toList();
    }

    private static List<String> labels(List<Classified> classified) {
        return classified.stream().map(c -> c.decision().chosen().get(0)).toList();
    }

    @Test
    void withoutACandidateTheModelInServiceAnswersAll() {
        List<Classified> classified = classify(texts(0, 20));

        assertThat(labels(classified)).containsOnly("yes");
        assertThat(classified).allMatch(c -> c.candidate() == null);
        assertThat(trials.canary.status()).isNull();
        assertThat(trials.registry.find("classifier.candidate").gauges()).isEmpty();
    }

    @Test
    void aShareOfTheTextsIsTheCandidatesAlwaysTheSameOnes() {
        Trials lenient = lenient(Runnable::run);
        lenient.canary.begin(Trials.opposite(), Optional.of(0.25));

        Set<String> drawn = new HashSet<>();
        for (String text : texts(0, 400)) {
            Classified alone = classify(lenient, new Texts(List.of(text), false, true)).get(0);
            assertThat(alone.candidate()).isEqualTo(alone.decision().chosen().equals(List.of("no")) ? CANDIDATE : null);
            if (alone.candidate() != null) {
                drawn.add(text);
            }
        }
        assertThat(drawn.size()).as("of 400").isBetween(80, 120);

        List<String> all = texts(0, 400);
        List<Classified> together = classify(lenient, new Texts(all, false, true));
        assertThat(IntStream.range(0, 400).filter(i -> together.get(i).candidate() != null).mapToObj(all::get))
                .containsExactlyInAnyOrderElementsOf(drawn);
        assertThat(classify(lenient, new Texts(all, false, false))).allMatch(c -> c.candidate() == null);
    }

    /** Only half of the texts are drawn by both of two trials that draw half each, but for chance. */
    @Test
    void anotherTrialDrawsOtherTexts() {
        Trials lenient = lenient(Runnable::run);
        lenient.canary.begin(Trials.opposite(), Optional.of(0.5));
        Canary.Trial first = lenient.canary.trial();
        lenient.canary.begin(new FakeModel(Task.BINARY, LABELS), Optional.of(0.5));
        Canary.Trial second = lenient.canary.trial();

        assertThat(texts(0, 400).stream().filter(t -> first.answers(t) && second.answers(t)).count())
                .isBetween(70L, 130L);
    }

    @Test
    void aCandidateThatFailsIsAnsweredForAndWithdrawn() {
        FakeModel failing = new FakeModel(Task.BINARY, LABELS) {
            @Override
            public List<float[]> logits(List<Encoding> encodings, Runnable beforeBatch) {
                throw new IllegalStateException("on purpose");
            }
        };
        trials.canary.begin(failing, Optional.of(0.5));

        assertThat(labels(classify(texts(0, 100)))).containsOnly("yes").hasSize(100);

        Canary.Status status = trials.canary.status();
        assertThat(status.state()).isEqualTo("withdrawn");
        assertThat(status.reason()).matches("it failed for (\\d+) of \\1 texts, and may for a share of 0.2");
        assertThat(failing.isClosed()).isTrue();
        assertThat(trials.canary.trial()).isNull();
        assertThat(trials.registry.get("classifier.candidate.texts").tag("outcome", "failed").counter().count())
                .isEqualTo(status.trial().errors());
        assertThat(trials.registry.get("classifier.candidate").tag("state", "withdrawn").gauge().value()).isEqualTo(1);
        assertThat(classify(texts(0, 100))).allMatch(c -> c.candidate() == null);
    }

    @Test
    void inTheShadowItAnswersNoneAndIsWithdrawnWhereItDisagrees() {
        trials.canary.begin(Trials.opposite(), Optional.empty());
        assertThat(classify(texts(0, 9))).allMatch(c -> c.candidate() == null);

        TrialStatistics.Summary trial = trials.canary.status().trial();
        assertThat(trial.texts()).isEqualTo(9);
        assertThat(trial.agreement()).isZero();
        // The word "text" has four letters and the number one: logits of 2.5 and -2.5.
        assertThat(trial.difference()).isCloseTo(
                1 / (1 + Math.exp(-2.5)) - 1 / (1 + Math.exp(2.5)), within(1e-9));
        assertThat(trial.differences()).containsExactly(0, 0, 0, 0, 0, 9);
        assertThat(trials.canary.status().state()).isEqualTo("on trial");

        classify(texts(9, 10));
        assertThat(trials.canary.status().state()).isEqualTo("withdrawn");
        assertThat(trials.canary.status().reason()).isEqualTo("it agrees on 0 of 10 texts, and must on a share of 0.8");
        assertThat(trials.registry.get("classifier.candidate.comparisons").tag("agreed", "false").counter().count())
                .isEqualTo(10);
    }

    @Test
    void aCandidateThatAgreesStays() {
        trials.canary.begin(new FakeModel(Task.BINARY, LABELS), Optional.empty());
        classify(texts(0, 100));

        assertThat(trials.canary.status().state()).isEqualTo("on trial");
        assertThat(trials.canary.status().trial().agreement()).isEqualTo(1);
        assertThat(trials.canary.status().trial().difference()).isZero();
        assertThat(trials.canary.status().trial().differences()).containsExactly(100, 0, 0, 0, 0, 0);
    }

    /** The comparison waits in a queue; the answer does not wait for it, nor does it see its failure. */
    @Test
    void theShadowIsReadAfterTheAnswerAndItsFailureIsNobodys() {
        Deque<Runnable> later = new ArrayDeque<>();
        Trials waiting = new Trials(
                new ModelInService(), new SimpleMeterRegistry(), Trials.SETTINGS, false, later::add).serving(served);
        FakeModel failing = new FakeModel(Task.BINARY, LABELS) {
            @Override
            public List<Encoding> encode(List<String> texts, int maxTokens) {
                throw new IllegalStateException("on purpose");
            }
        };
        waiting.canary.begin(failing, Optional.empty());

        assertThat(labels(classify(waiting, new Texts(texts(0, 4), false, true)))).containsOnly("yes");
        assertThat(waiting.canary.status().trial().texts()).isZero();
        later.forEach(Runnable::run);
        assertThat(waiting.canary.status().trial().errors()).isEqualTo(4);
    }

    @Test
    void whatThereIsNoTimeForIsCounted() {
        Trials full = lenient(work -> {
            throw new RejectedExecutionException();
        });
        full.canary.begin(Trials.opposite(), Optional.empty());

        classify(full, new Texts(texts(0, 3), false, true));

        assertThat(full.canary.status().trial().skipped()).isEqualTo(3);
        assertThat(full.registry.get("classifier.candidate.texts").tag("outcome", "skipped").counter().count())
                .isEqualTo(3);
    }

    /** Where the candidate answers, the model in service reads the same texts afterwards. */
    @Test
    void aCandidateThatAnswersIsComparedToo() {
        trials.canary.begin(Trials.opposite(), Optional.of(0.5));
        classify(texts(0, 100));

        assertThat(trials.canary.status().reason()).startsWith("it agrees on 0 of ");
    }

    /** Of two texts, the candidate would cut the second, which the model in service reads whole. */
    @Test
    void whatTheCandidateWouldCutStaysWithTheModelInService() {
        FakeModel shorter = new FakeModel(Task.BINARY, LABELS) {
            @Override
            public int maxTokens() {
                return 3;
            }
        };
        Trials lenient = lenient(Runnable::run);
        lenient.canary.begin(shorter, Optional.of(0.5));
        String one = IntStream.range(0, 99).mapToObj(i -> "a" + i).filter(lenient.canary.trial()::answers).findFirst()
                .orElseThrow();
        String two = IntStream.range(0, 99).mapToObj(i -> "a b" + i).filter(lenient.canary.trial()::answers).findFirst()
                .orElseThrow();

        List<Classified> classified = classify(lenient, new Texts(List.of(one, two), false, true));

        assertThat(classified.get(0).candidate()).isNotNull();
        assertThat(classified.get(1).candidate()).isNull();
        assertThat(classified.get(1).text().truncated()).isFalse();
        assertThat(lenient.canary.status().trial().errors()).isZero();
    }

    @Test
    void aDeadlineThatPassesIsTheCallersAndNotTheCandidates() {
        trials.canary.begin(Trials.opposite(), Optional.of(0.5));
        Texts texts = new Texts(texts(0, 50), false, true);
        List<Encoding> encodings = served.encode(texts.texts(), served.maxTokens());

        assertThatThrownBy(() -> trials.classifier.classify(served, texts, encodings, new Deadline(Duration.ZERO)))
                .isInstanceOf(UnavailableException.class);
        assertThat(trials.canary.status().trial().errors()).isZero();
    }

    @Test
    void onLambdaTheLogHasTheTrialsNumbers() throws Exception {
        Trials lambda =
                new Trials(new ModelInService(), new SimpleMeterRegistry(), Trials.SETTINGS, true, Runnable::run)
                .serving(served);
        lambda.canary.begin(Trials.opposite(), Optional.empty());
        classify(lambda, new Texts(texts(0, 10), false, true));

        JsonNode line = Json.MAPPER.readTree(
                lambda.lines.stream().filter(l -> l.contains("Withdrawn")).reduce((a, b) -> b).orElseThrow());
        assertThat(line.path("Model").asText()).isEqualTo(FakeModel.NAME);
        assertThat(line.path("Candidate").asText()).isEqualTo(CANDIDATE);
        assertThat(line.path("CandidateWithdrawn").asInt()).isEqualTo(1);
        assertThat(line.path("CandidateAgreement").asDouble()).isZero();
        assertThat(lambda.lines.toString()).doesNotContain("text 0");
        assertThat(lambda.canary.status().trial().latencyRatio()).isNull();
    }

    /** Never decides. */
    private Trials lenient(Executor comparing) {
        return new Trials(new ModelInService(), new SimpleMeterRegistry(),
                new CandidateSettings(Optional.empty(), false, Optional.empty(), 1, 100_000, 1, 100, 0), false,
                comparing)
                .serving(served);
    }
}
