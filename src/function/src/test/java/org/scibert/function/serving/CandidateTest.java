package org.scibert.function.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.classifier.Classifier;
import org.scibert.decision.Task;
import org.scibert.function.TinyStore;

import org.scibert.function.serving.TextClassifier.Classified;
import org.scibert.function.telemetry.Meters;
import org.scibert.release.Manifest;
import org.scibert.release.Releases;
import org.scibert.release.Version;
import org.scibert.signing.Signatures;
import org.scibert.signing.SigningKey;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;

/** Two tiny releases of a real store in one function, moved as an operator moves them. */
class CandidateTest {
    @TempDir
    Path folder;

    private final Trials trials = new Trials();
    private Optional<SigningKey> trusted = Optional.empty();
    private ObjectStore store;
    private Releases releases;
    private Manifest first;
    private Manifest second;
    private ModelLoader models;
    private CandidateLoader candidates;

    @BeforeEach
    void twoReleases() throws Exception {
        second = publish(2, Task.BINARY);
        first = publish(1, Task.BINARY);
        store = ObjectStores.open(uri(), Map.of());
        releases = new Releases(store, TinyStore.NAME, Clock.systemUTC());
        start(Trials.SETTINGS, OptionalLong.empty());
    }

    @AfterEach
    void free() {
        trials.canary.close();
        trials.service.close();
        store.close();
    }

    private void start(CandidateSettings settings, OptionalLong freeMemory) throws Exception {
        ModelSettings model = new ModelSettings(Optional.of(uri()), Optional.of(TinyStore.NAME), Optional.empty(),
                trusted.map(SigningKey::publicPem), Optional.of(folder.resolve("cache")), "auto", Optional.empty());
        ReleaseSource source = new ReleaseSource(model);
        models = new ModelLoader(source, trials.service, new Meters(trials.registry), trials.drift);
        models.load();
        candidates = new CandidateLoader(source, trials.service, trials.canary, settings, () -> freeMemory);
    }

    @Test
    void aShareIsAnsweredByTheCandidateThatTheStoreNames() throws Exception {
        candidates.look();
        assertThat(trials.canary.status()).isNull();
        releases.trial().start(second.version(), Optional.of(0.3));
        candidates.look();
        assertThat(trials.canary.status().state()).isEqualTo("on trial");
        assertThat(trials.canary.status().share()).isEqualTo(0.3);

        List<String> texts = IntStream.range(0, 40).mapToObj(i -> "we study cell " + i).toList();
        List<Classified> classified = classify(texts);

        try (Classifier one = Classifier.open(folder.resolve("release-1"));
                Classifier two = Classifier.open(folder.resolve("release-2"))) {
            int byCandidate = 0;
            for (int i = 0; i < texts.size(); i++) {
                boolean candidate = classified.get(i).candidate() != null;
                byCandidate += candidate ? 1 : 0;
                assertThat(classified.get(i).decision().probabilities().get("yes")).isCloseTo(
                        (candidate ? two : one).classify(List.of(texts.get(i))).get(0).decision().probabilities()
                                .get("yes"),
                        within(1e-5));
            }
            assertThat(byCandidate).isBetween(1, 39);
            assertThat(trials.canary.status().trial().texts()).isEqualTo(byCandidate);
            assertThat(trials.canary.status().trial().compared()).isEqualTo(byCandidate);
        }
    }

    @Test
    void promotingItPutsItInServiceAndEndsTheTrial() throws Exception {
        releases.trial().start(second.version(), Optional.empty());
        candidates.look();
        releases.promoteCandidate();

        look();

        assertThat(inService()).isEqualTo(second.version());
        assertThat(trials.canary.status()).isNull();
        assertThat(trials.registry.find("classifier.candidate").gauges()).isEmpty();
    }

    @Test
    void withdrawingItEndsTheTrial() throws Exception {
        releases.trial().start(second.version(), Optional.empty());
        candidates.look();
        releases.trial().end();
        candidates.look();

        assertThat(trials.canary.status()).isNull();
        assertThat(trials.canary.trial()).isNull();
        assertThat(inService()).isEqualTo(first.version());
    }

    /** The function withdrew it by itself: the store's word alone brings it back. */
    @Test
    void aWithdrawnCandidateStaysAwayUntilItIsPutOnTrialAnew() throws Exception {
        releases.trial().start(second.version(), Optional.empty());
        candidates.look();
        trials.canary.trial().failed(100, new IllegalStateException());
        assertThat(trials.canary.status().state()).isEqualTo("withdrawn");

        candidates.look();
        assertThat(trials.canary.status().state()).isEqualTo("withdrawn");

        releases.trial().start(second.version(), Optional.of(0.1));
        candidates.look();
        assertThat(trials.canary.status().state()).isEqualTo("on trial");
    }

    @Test
    void aCandidateThatIsNotWhatItsManifestSaysIsRefusedAndTheModelServesOn() throws Exception {
        Path metrics = folder.resolve("store").resolve(TinyStore.NAME).resolve("releases")
                .resolve(second.version().toString()).resolve("metrics.json");
        Files.writeString(metrics, Files.readString(metrics).replace("0.5", "0.9"));
        releases.trial().start(second.version(), Optional.empty());

        candidates.look();
        candidates.look();

        assertThat(trials.canary.status().state()).isEqualTo("refused");
        assertThat(trials.canary.status().reason()).isEqualTo("its files are not what its manifest says");
        assertThat(trials.registry.get("classifier.candidate").tag("state", "refused").gauge().value()).isEqualTo(1);
        assertThat(classify(List.of("we study"))).hasSize(1);
    }

    @Test
    void aCandidateThatIsNotSignedIsRefused() throws Exception {
        SigningKey key = SigningKey.generate();
        Manifest signed = TinyStore.publish(uri(), folder.resolve("signed"), Task.BINARY, List.of("no", "yes"), 5,
                new Signatures(Optional.of(key), Optional.empty()));
        trusted = Optional.of(key);
        start(Trials.SETTINGS, OptionalLong.empty());
        releases.trial().start(second.version(), Optional.empty());

        candidates.look();

        assertThat(inService()).isEqualTo(signed.version());
        assertThat(trials.canary.status().reason()).isEqualTo("it is not signed by a trusted key");
    }

    @Test
    void aCandidateWithOtherLabelsIsRefused() throws Exception {
        Manifest other = publish(3, Task.MULTI_CLASS);
        releases.promote(first.version());
        releases.trial().start(other.version(), Optional.of(0.1));

        candidates.look();

        assertThat(trials.canary.status().reason()).isEqualTo("it is multi-class with the labels [no, yes], and the "
                + "model in service is binary with [no, yes]; promote it without a trial");
    }

    @Test
    void aCandidateForWhichThereIsNoMemoryIsRefused() throws Exception {
        start(Trials.SETTINGS, OptionalLong.of(10));
        releases.trial().start(second.version(), Optional.empty());

        candidates.look();

        assertThat(trials.canary.status().reason()).contains("of memory are free; give the function more");
    }

    @Test
    void theSettingsNameACandidateOrWantNone() throws Exception {
        start(new CandidateSettings(Optional.of(second.version()), false, Optional.of(0.2), 1, 10, 0.2, 2, 0.8),
                OptionalLong.empty());
        candidates.look();
        assertThat(trials.canary.status().version()).isEqualTo(second.version().toString());
        assertThat(trials.canary.status().share()).isEqualTo(0.2);

        releases.trial().start(second.version(), Optional.of(0.1));
        start(new CandidateSettings(Optional.empty(), true, Optional.empty(), 1, 10, 0.2, 2, 0.8),
                OptionalLong.empty());
        candidates.look();
        trials.canary.end();
        candidates.look();
        assertThat(trials.canary.status()).isNull();
    }

    private void look() throws Exception {
        models.reload(candidates::makeRoom);
        candidates.look();
    }

    private List<Classified> classify(List<String> texts) {
        try (ModelInService.Lease lease = trials.service.lease()) {
            Model model = lease.model();
            return trials.classifier.classify(model, new TextClassifier.Texts(texts, false, true),
                    model.encode(texts, model.maxTokens()), new Deadline(Duration.ofMinutes(1)));
        }
    }

    private Version inService() {
        try (ModelInService.Lease lease = trials.service.lease()) {
            return lease.model().manifest().version();
        }
    }

    private String uri() {
        return "file:" + folder.resolve("store");
    }

    private Manifest publish(long seed, Task task) throws Exception {
        return TinyStore.publish(uri(), folder.resolve("release-" + seed), task, List.of("no", "yes"), seed);
    }
}
