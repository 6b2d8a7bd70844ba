package org.scibert.function.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.classifier.ModelConfig;
import org.scibert.classifier.ReleaseWeights;
import org.scibert.classifier.TinyRelease;
import org.scibert.decision.Task;
import org.scibert.function.TinyStore;
import org.scibert.function.telemetry.Drift;
import org.scibert.function.telemetry.EmbeddedMetrics;
import org.scibert.function.telemetry.Meters;
import org.scibert.network.Precision;
import org.scibert.release.Manifest;
import org.scibert.release.UntrustedReleaseException;
import org.scibert.signing.Signatures;
import org.scibert.signing.SigningKey;
import org.scibert.store.ObjectKey;
import org.scibert.store.StoreRefusedException;
import org.scibert.store.StoreUnavailableException;

/** Which release is in service, from a real store. */
class RefreshTest {
    @TempDir
    Path folder;

    private static final EmbeddedMetrics LOG = new EmbeddedMetrics(false, "", Clock.systemUTC(), line -> { });

    private final ModelInService service = new ModelInService();

    private Optional<SigningKey> trusted = Optional.empty();

    @Test
    void anUnreachableStoreIsNotARefusedSuccessor() {
        ObjectKey key = new ObjectKey("animals/current.json");

        assertThat(Refresh.reason(new StoreUnavailableException("s3://models", key, "cannot be reached", null)))
                .startsWith("the store cannot be reached for now")
                .endsWith("s3://models: animals/current.json: cannot be reached")
                .doesNotContain("refused");
        assertThat(Refresh.reason(new StoreRefusedException("s3://models", key, "access is denied", null)))
                .startsWith("the store does not give its successor");
        assertThat(Refresh.reason(new UntrustedReleaseException("animals is not signed")))
                .startsWith("its successor is refused: animals is not signed");
    }

    @AfterEach
    void free() {
        service.close();
    }

    @Test
    void theReleaseInServiceAtTheStartIsLoaded() throws Exception {
        Manifest published = publish(1);

        loader(Optional.empty()).load();

        assertThat(inService()).isEqualTo(published.version().toString());
    }

    @Test
    void aReleaseThatTakesItsPlaceIsPickedUp() throws Exception {
        publish(1);
        ModelLoader loader = loader(Optional.empty());
        loader.load();
        Manifest second = publish(2);

        CandidateSettings none = new CandidateSettings(Optional.empty(), true, Optional.empty(), 0.1, 10, 0, 2, 1);
        Canary canary = new Canary(none, new Meters(new SimpleMeterRegistry()), LOG);
        ReleaseSource source = new ReleaseSource(settings(Optional.empty()));
        new Refresh(loader, new CandidateLoader(source, service, canary, none), settings(Optional.empty())).look();

        assertThat(inService()).isEqualTo(second.version().toString());
    }

    @Test
    void aPinnedVersionStays() throws Exception {
        Manifest first = publish(1);
        publish(2);
        ModelLoader loader = loader(Optional.of(first.version().toString()));

        loader.load();
        loader.reload(() -> { });

        assertThat(inService()).isEqualTo(first.version().toString());
    }

    @Test
    void aTamperedReleaseIsRefusedAndTheLastOneServesOn() throws Exception {
        Manifest first = publish(1);
        ModelLoader loader = loader(Optional.empty());
        loader.load();
        tamper(publish(2));

        assertThatThrownBy(() -> loader.reload(() -> { })).isInstanceOf(IOException.class)
                .hasMessageContaining("metrics.json").hasMessageContaining("SHA-256");
        assertThat(inService()).isEqualTo(first.version().toString());

        // It isn't fetched again, but its successor is.
        loader.reload(() -> { });
        Manifest third = publish(3);
        loader.reload(() -> { });
        assertThat(inService()).isEqualTo(third.version().toString());
    }

    @Test
    void thePrecisionThatTheReleaseNamesIsServedAndNoOtherWeightsAreBrought() throws Exception {
        publishReduced();

        loader(Optional.empty()).load();

        try (ModelInService.Lease lease = service.lease()) {
            assertThat(lease.model().precision()).isEqualTo(Precision.INT8);
        }
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".safetensors")))
                    .containsExactly("model.int8.safetensors");
        }
    }

    @Test
    void tamperedReducedWeightsStopTheStart() throws Exception {
        Manifest published = publishReduced();
        Path weights = folder.resolve("store").resolve(TinyStore.NAME).resolve("releases")
                .resolve(published.version().toString()).resolve("model.int8.safetensors");
        byte[] content = Files.readAllBytes(weights);
        content[content.length - 1] ^= 1;
        Files.write(weights, content);

        assertThatThrownBy(loader(Optional.empty())::load)
                .hasMessageContaining("model.int8.safetensors").hasMessageContaining("SHA-256");
        assertThat(service.isReady()).isFalse();
    }

    @Test
    void aTamperedReleaseStopsTheStart() throws Exception {
        Manifest published = publish(1);
        tamper(published);

        assertThatThrownBy(loader(Optional.empty())::load)
                .hasMessageContaining("metrics.json")
                .hasMessageContaining(published.files().get("metrics.json").sha256());
        assertThat(service.isReady()).isFalse();
    }

    @Test
    void anUnsignedReleaseStopsTheStart() throws Exception {
        Manifest published = publish(1);
        trusted = Optional.of(SigningKey.generate());

        assertThatThrownBy(loader(Optional.empty())::load)
                .hasMessageContaining(
                        published.version() + " is not signed, and MODEL_PUBLIC_KEY asks for a signature");
        assertThat(service.isReady()).isFalse();
    }

    @Test
    void aReleaseThatIsNotSignedByTheTrustedKeyIsRefusedAndTheLastOneServesOn() throws Exception {
        SigningKey key = SigningKey.generate();
        trusted = Optional.of(key);
        Manifest first = publish(1, key);
        ModelLoader loader = loader(Optional.empty());
        loader.load();

        publish(2, SigningKey.generate());
        assertThatThrownBy(() -> loader.reload(() -> { })).isInstanceOf(UntrustedReleaseException.class)
                .hasMessageContaining("is signed by the key ");
        publish(3);
        assertThatThrownBy(() -> loader.reload(() -> { })).isInstanceOf(UntrustedReleaseException.class)
                .hasMessageContaining("is not signed");
        loader.reload(() -> { });
        assertThat(inService()).isEqualTo(first.version().toString());

        Manifest fourth = publish(4, key);
        loader.reload(() -> { });
        assertThat(inService()).isEqualTo(fourth.version().toString());
    }

    private ModelLoader loader(Optional<String> version) {
        Meters meters = new Meters(new SimpleMeterRegistry());
        Drift drift = new Drift(100, meters, LOG);
        return new ModelLoader(new ReleaseSource(settings(version)), service, meters, drift);
    }

    private ModelSettings settings(Optional<String> version) {
        return new ModelSettings(Optional.of(store()), Optional.of(TinyStore.NAME), version,
                trusted.map(SigningKey::publicPem), Optional.of(folder.resolve("cache")), "auto", Optional.empty());
    }

    private String store() {
        return "file:" + folder.resolve("store");
    }

    private Manifest publish(long seed) throws Exception {
        return TinyStore.publish(store(), folder.resolve("release-" + seed), Task.BINARY, List.of("no", "yes"), seed);
    }

    private Manifest publish(long seed, SigningKey key) throws Exception {
        Signatures signed = new Signatures(Optional.of(key), Optional.empty());
        return TinyStore.publish(
                store(), folder.resolve("release-" + seed), Task.BINARY, List.of("no", "yes"), seed, signed);
    }

    /** A release that carries int8 and is to be served in it. */
    private Manifest publishReduced() throws Exception {
        Path release = TinyRelease.write(folder.resolve("reduced"), Task.BINARY, List.of("no", "yes"), 1);
        ReleaseWeights.reduce(release, Precision.INT8);
        ModelConfig.read(release).with(List.of(Precision.FP32, Precision.INT8)).write(release);
        return TinyStore.publish(store(), release, Signatures.NONE);
    }

    private void tamper(Manifest manifest) throws IOException {
        Path file = folder.resolve("store").resolve(TinyStore.NAME).resolve("releases")
                .resolve(manifest.version().toString()).resolve("metrics.json");
        Files.writeString(file, Files.readString(file).replace("0.5", "0.9"));
    }

    private String inService() {
        try (ModelInService.Lease lease = service.lease()) {
            return lease.model().manifest().version().toString();
        }
    }
}
