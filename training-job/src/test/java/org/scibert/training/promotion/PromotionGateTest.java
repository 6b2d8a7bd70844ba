package org.scibert.training.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.TinyRelease;
import org.scibert.decision.Task;
import org.scibert.release.Manifest;
import org.scibert.release.Provenance;
import org.scibert.release.Releases;
import org.scibert.release.Version;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import org.scibert.training.evaluation.LabelledRows;
import org.scibert.training.promotion.PromotionConfig.Mode;
import org.scibert.training.promotion.PromotionDecision.Outcome;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;

class PromotionGateTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final PromotionConfig GATE = PromotionConfig.DEFAULT;
    /** Every fourth of 40 rows is positive. */
    private static final int[] CLASSES = IntStream.range(0, 40).map(i -> i % 4 == 0 ? 1 : 0).toArray();
    /** All positives before all others: PR-AUC 1. */
    private static final float[] GOOD = logits(40);
    /** One positive, the first row, after all others: (9 · 1 + 10/40) / 10 = 0.925. */
    private static final float[] WORSE = logits(0);

    private static final Splits<Rows> ROWS = new Splits<>(
            LabelledRows.rows(CLASSES), LabelledRows.rows(CLASSES), LabelledRows.rows(CLASSES));

    @TempDir
    Path folder;

    private ObjectStore store;
    private int hours;

    @BeforeEach
    void open() {
        store = ObjectStores.open("file:" + folder.resolve("store"), Map.of());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theFirstVersionGoesInServiceUnlessItIsNotToBe() throws Exception {
        Manifest first = publish(LabelledRows.BINARY);
        assertThat(decide(first, new PromotionConfig(Mode.NEVER, 0, 0.95)).verdict()).isEqualTo(Outcome.NEVER);
        assertThat(releases(store).current()).isEmpty();

        Manifest second = publish(LabelledRows.BINARY);
        PromotionDecision decision = decide(second, GATE);

        assertThat(decision.verdict()).isEqualTo(Outcome.FIRST);
        assertThat(decision.promoted()).isTrue();
        assertThat(inService()).isEqualTo(second.version());
    }

    @Test
    void aBetterVersionGoesInServiceAndTheDecisionIsStoredWithItsNumbers() throws Exception {
        Version before = start();
        Manifest next = publish(LabelledRows.BINARY);

        PromotionDecision decision = decide(next, GATE, GOOD, IntStream.range(0, 40).boxed().toList());

        assertThat(decision.verdict()).isEqualTo(Outcome.BETTER);
        assertThat(inService()).isEqualTo(next.version());
        JsonNode stored = new PromotionDecisions(store, "tiny").of(next.version()).orElseThrow();
        assertThat(stored.path("version").asText()).isEqualTo(next.version().toString());
        assertThat(stored.path("current").asText()).isEqualTo(before.toString());
        assertThat(stored.path("verdict").asText()).isEqualTo("better");
        assertThat(stored.path("promoted").asBoolean()).isTrue();
        assertThat(stored.path("decidedAt").asText()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(stored.path("comparison").path("score").asDouble()).isEqualTo(1);
        assertThat(stored.path("comparison").path("low").asDouble()).isPositive();
        assertThat(stored.path("comparison").path("rows").asInt()).isEqualTo(40);
        assertThat(stored.path("reason").asText()).startsWith("it is better: prAuc on 40 test rows is 1.0000, of the");
    }

    @Test
    void theSameAnswersAreNotWorse() throws Exception {
        start();
        Manifest next = publish(LabelledRows.BINARY);

        assertThat(decide(next, GATE, GOOD, GOOD).verdict()).isEqualTo(Outcome.NOT_WORSE);
        assertThat(inService()).isEqualTo(next.version());
    }

    @Test
    void aWorseVersionStaysOutAndAMarginLetsItIn() throws Exception {
        Version before = start();

        PromotionDecision out = decide(publish(LabelledRows.BINARY), GATE, WORSE, GOOD);
        assertThat(out.verdict()).isEqualTo(Outcome.NOT_SHOWN);
        assertThat(out.promoted()).isFalse();
        assertThat(out.comparison().score()).isEqualTo(0.925, within(1e-12));
        assertThat(out.comparison().difference()).isEqualTo(-0.075, within(1e-12));
        assertThat(inService()).isEqualTo(before);

        // the worst sample that counts has the row of the lost positive a few times among some ten
        Manifest next = publish(LabelledRows.BINARY);
        assertThat(decide(next, new PromotionConfig(Mode.GATE, 0.5, 0.95), WORSE, GOOD).verdict())
                .isEqualTo(Outcome.NOT_WORSE);
        assertThat(inService()).isEqualTo(next.version());
    }

    @Test
    void alwaysAndNeverDoAsTheySayAndStoreTheNumbersToo() throws Exception {
        Version before = start();

        PromotionDecision never =
                decide(publish(LabelledRows.BINARY), new PromotionConfig(Mode.NEVER, 0, 0.95), GOOD, WORSE);
        assertThat(never.promoted()).isFalse();
        assertThat(never.comparison().difference()).isEqualTo(0.075, within(1e-12));
        assertThat(inService()).isEqualTo(before);

        Manifest next = publish(LabelledRows.BINARY);
        PromotionDecision always = decide(next, new PromotionConfig(Mode.ALWAYS, 0, 0.95), WORSE, GOOD);
        assertThat(always.reason()).startsWith("promotion was asked for in any case; that it is not worse");
        assertThat(inService()).isEqualTo(next.version());
    }

    @Test
    void otherLabelsAreNotCompared() throws Exception {
        Version before = start();
        Manifest other = publish(new LabelSet(Task.BINARY, List.of("1", "0")));

        PromotionDecision decision = decide(other, GATE, new LabelSet(Task.BINARY, List.of("1", "0")), GOOD, GOOD);

        assertThat(decision.verdict()).isEqualTo(Outcome.NOT_COMPARABLE);
        assertThat(decision.reason()).isEqualTo("it can't be compared: it is binary with the labels 1, 0, the one in"
                + " service binary with the labels 0, 1");
        assertThat(inService()).isEqualTo(before);
    }

    @Test
    void aVersionInServiceThatCantBeOpenedStays() throws Exception {
        Version before = start();
        Files.writeString(folder.resolve("store/tiny/releases/" + before + "/config.json"), "{}");
        Manifest next = publish(LabelledRows.BINARY);

        PromotionDecision decision = decide(next, GATE, GOOD, GOOD);

        assertThat(decision.verdict()).isEqualTo(Outcome.NOT_COMPARABLE);
        assertThat(decision.reason()).contains("the one in service can't be opened: config.json of tiny " + before);
        assertThat(inService()).isEqualTo(before);
    }

    /** What the version in service was trained on is not recorded: it may be what the new one answered out of fold. */
    @Test
    void outOfFoldAnswersAreNotComparedWithAVersionOfFilesOfItsOwn() throws Exception {
        Version before = start();
        Manifest next = publish(LabelledRows.BINARY);
        PromotionDecision decision = new PromotionGate(store, releases(store), GATE, folder.resolve("cache"), clock())
                .decide(
                        next, files(next), Splits.crossValidated(LabelledRows.rows(CLASSES)), Optional.of(GOOD),
                        LabelledRows.BINARY, says(GOOD));
        assertThat(decision.verdict()).isEqualTo(Outcome.NOT_COMPARABLE);
        assertThat(decision.reason()).startsWith("it can't be compared: the one in service was trained on files");
        assertThat(inService()).isEqualTo(before);
    }

    @Test
    void aComparisonThatBreaksOffFailsNothing() throws Exception {
        Version before = start();
        Manifest stays = publish(LabelledRows.BINARY);
        PromotionDecision gate = breaking(stays, GATE);
        assertThat(gate.verdict()).isEqualTo(Outcome.NOT_COMPARABLE);
        assertThat(gate.reason())
                .isEqualTo("it can't be compared, as the comparison failed: logit 3 is NaN (ArithmeticException)");
        assertThat(inService()).isEqualTo(before);

        Manifest next = publish(LabelledRows.BINARY);
        PromotionDecision always = breaking(next, new PromotionConfig(Mode.ALWAYS, 0, 0.95));
        assertThat(always.promoted()).isTrue();
        assertThat(always.reason()).startsWith("promotion was asked for in any case; it can't be compared");
        assertThat(inService()).isEqualTo(next.version());
        assertThat(new PromotionDecisions(store, "tiny").of(next.version()).orElseThrow().path("promoted").asBoolean())
                .isTrue();
    }

    /** A decision on a comparison whose second model gives no number. */
    private PromotionDecision breaking(Manifest candidate, PromotionConfig config) throws IOException {
        Deque<float[]> left = new ArrayDeque<>(List.of(GOOD));
        return new PromotionGate(store, releases(store), config, folder.resolve("cache"), clock())
                .decide(candidate, files(candidate), ROWS, Optional.empty(), LabelledRows.BINARY,
                        (rows, classifier) -> {
                    if (left.isEmpty()) {
                        throw new ArithmeticException("logit 3 is NaN");
                    }
                    return left.remove();
                });
    }

    /** The second job's whole gate runs between the first one's comparison and its move of the pointer. */
    @Test
    void ofTwoJobsAtOnceOneWinsAndTheOtherIsTold() throws Exception {
        Version before = start();
        Manifest loser = publish(LabelledRows.BINARY);
        Manifest winner = publish(LabelledRows.BINARY);
        ObjectStore overtaken = beforeSwap(() -> decide(winner, GATE, GOOD, WORSE));

        PromotionDecision decision = new PromotionGate(
                        overtaken, releases(overtaken), GATE, folder.resolve("cache"), clock())
                .decide(loser, files(loser), ROWS, Optional.empty(), LabelledRows.BINARY, says(GOOD, WORSE));

        assertThat(decision.promoted()).isFalse();
        assertThat(decision.verdict()).isEqualTo(Outcome.OVERTAKEN);
        assertThat(decision.reason()).isEqualTo(
                "tiny %s was to replace %s, but %s is in service by now; compare with that one and decide anew"
                        .formatted(loser.version(), before, winner.version()));
        assertThat(inService()).isEqualTo(winner.version());
        assertThat(releases(store).audit(loser.version())).isEmpty();
        assertThat(releases(store).audit(winner.version())).isEmpty();
        assertThat(new PromotionDecisions(store, "tiny").of(loser.version()).orElseThrow().path("verdict").asText())
                .isEqualTo("overtaken");
        assertThat(new PromotionDecisions(store, "tiny").of(winner.version()).orElseThrow().path("verdict").asText())
                .isEqualTo("not-worse");
    }

    @Test
    void valuesOutOfTheirRangeAreRefused() {
        assertThatThrownBy(() -> new PromotionConfig(Mode.GATE, -0.1, 0.95))
                .hasMessage("margin must be points of the score in [0, 1], is -0.1; 0.02 is 2 points of 100");
        assertThatThrownBy(() -> new PromotionConfig(Mode.GATE, 0, 1))
                .hasMessage("the promotion's confidence must be in [0.5, 1), is 1.0; 0.95 is usual");
    }

    /** A version in service. */
    private Version start() throws IOException {
        Manifest first = publish(LabelledRows.BINARY);
        return decide(first, GATE).version();
    }

    private PromotionDecision decide(Manifest candidate, PromotionConfig config, float[] answers, List<Integer> current)
            throws IOException {
        float[] others = new float[current.size()];
        for (int i = 0; i < others.length; i++) {
            others[i] = current.get(i);
        }
        return decide(candidate, config, answers, others);
    }

    private PromotionDecision decide(Manifest candidate, PromotionConfig config, float[]... answers)
            throws IOException {
        return decide(candidate, config, LabelledRows.BINARY, answers);
    }

    private PromotionDecision decide(Manifest candidate, PromotionConfig config, LabelSet labels, float[]... answers)
            throws IOException {
        return new PromotionGate(store, releases(store), config, folder.resolve("cache"), clock())
                .decide(candidate, files(candidate), ROWS, Optional.empty(), labels, says(answers));
    }

    /** First the candidate's, then those of the version in service. */
    private static BiFunction<Rows, Classifier, float[]> says(float[]... answers) {
        Deque<float[]> left = new ArrayDeque<>(List.of(answers));
        return (rows, classifier) -> left.remove();
    }

    private Manifest publish(LabelSet labels) throws IOException {
        hours++;
        Path files = TinyRelease.write(folder.resolve("files-" + hours), labels.task(), labels.labels(), hours);
        Provenance provenance = new Provenance(
                Map.of(), "tiny", "0".repeat(64), 1, JsonNodeFactory.instance.objectNode(), Map.of(), "test");
        Clock later = Clock.fixed(NOON.plus(Duration.ofHours(hours)), ZoneOffset.UTC);
        return new Releases(store, "tiny", later).publish(files, provenance);
    }

    private Path files(Manifest manifest) {
        return folder.resolve("files-" + Duration.between(NOON, manifest.createdAt()).toHours());
    }

    private static Releases releases(ObjectStore on) {
        return new Releases(on, "tiny", clock());
    }

    private Version inService() throws IOException {
        return releases(store).current().orElseThrow().value().version();
    }

    private static Clock clock() {
        return Clock.fixed(NOON, ZoneOffset.UTC);
    }

    /** The same store, where something happens before the first swap. */
    private ObjectStore beforeSwap(Callable<?> event) {
        Deque<Callable<?>> once = new ArrayDeque<>(List.of(event));
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("swap") && !once.isEmpty()) {
                        once.remove().call();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** @param first of the first row, a positive; the other positives have 2, the others less than 1 and more than 0 */
    private static float[] logits(float first) {
        float[] logits = new float[CLASSES.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = CLASSES[i] == 1 ? 2 : 1 - (i + 1) / 100f;
        }
        logits[0] = first;
        return logits;
    }
}
