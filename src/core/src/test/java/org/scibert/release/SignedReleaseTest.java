package org.scibert.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.io.Json;
import org.scibert.signing.DetachedSignature;
import org.scibert.signing.Signatures;
import org.scibert.signing.SigningKey;
import org.scibert.signing.TrustedKeys;
import org.scibert.store.FailingStore;
import org.scibert.store.MemoryStore;
import org.scibert.store.ObjectKey;
import org.scibert.store.StoreUnavailableException;

/** Where keys are trusted, nothing is opened or put in service that none of them signed. */
class SignedReleaseTest {
    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private final Clock clock = ReleaseFixtures.clock(Instant.parse("2026-11-22T12:00:00Z"));
    private final SigningKey key = SigningKey.generate();
    private final Releases signing = releases(Optional.of(key), Optional.of(key));
    private Manifest manifest;

    @BeforeEach
    void publish() throws IOException {
        manifest = publish(signing, 1);
        signing.promote(manifest.version());
    }

    @Test
    void aSignedReleaseIsOpenedWithAndWithoutTrustedKeys() throws Exception {
        assertThat(signing.open(Optional.empty(), cache()).manifest()).isEqualTo(manifest);
        assertThat(new Releases(store, "animals", clock).open(Optional.empty(), cache()).manifest())
                .isEqualTo(manifest);
        assertThat(signing.signer(manifest.version())).contains(key.id());
        assertThat(signing.audit(manifest.version())).isEmpty();
    }

    @Test
    void theSignatureStandsBeforeTheManifest() throws Exception {
        int writes = manifest.files().size();
        Releases dying = new Releases(
                new FailingStore(store, writes, FailingStore.Moment.AFTER_EFFECT), "animals", clock,
                signatures(key, key));

        assertThatThrownBy(() -> publish(dying, 2)).isInstanceOf(StoreUnavailableException.class);

        List<String> written = store.list(new ObjectKey("animals/releases")).stream()
                .map(ObjectKey::path)
                .filter(path -> !path.contains(manifest.version().toString()))
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .toList();
        assertThat(written).contains(Manifest.SIGNATURE).doesNotContain(Manifest.FILE);
        assertThat(signing.versions()).containsExactly(manifest.version());
    }

    @Test
    void anUnsignedReleaseIsRefused() throws Exception {
        store.delete(key(Manifest.SIGNATURE));

        assertRefused("animals %s is not signed, and MODEL_PUBLIC_KEY asks for a signature");
    }

    @Test
    void anotherKeysSignatureIsRefusedWithBothKeys() throws Exception {
        SigningKey other = SigningKey.generate();
        store.tamper(key(Manifest.SIGNATURE), Json.write(other.sign(manifest.toBytes())));

        assertRefused(
                "animals %s is signed by the key " + other.id().substring(0, 16) + ", and MODEL_PUBLIC_KEY trusts "
                + key.id().substring(0, 16));
    }

    @Test
    void anotherKeysSignatureUnderTheTrustedOnesNameIsRefused() throws Exception {
        byte[] forged = SigningKey.generate().sign(manifest.toBytes()).signature();
        store.tamper(key(Manifest.SIGNATURE), Json.write(new DetachedSignature("Ed25519", key.id(), forged)));

        assertRefused("the signature of animals %s does not fit");
    }

    @Test
    void aManifestThatWasChangedAfterwardsIsRefused() throws Exception {
        String changed = new String(manifest.toBytes(), UTF_8).replace("\"seed\" : 42", "\"seed\" : 43");
        store.tamper(key(Manifest.FILE), changed.getBytes(UTF_8));

        assertRefused("the signature of animals %s does not fit");
    }

    @Test
    void anotherVersionsManifestAndSignatureAreRefused() throws Exception {
        Manifest second = publish(signing, 2);
        String from = "animals/releases/%s/".formatted(second.version());
        store.tamper(key(Manifest.FILE), store.read(new ObjectKey(from + Manifest.FILE)).value());
        store.tamper(key(Manifest.SIGNATURE), store.read(new ObjectKey(from + Manifest.SIGNATURE)).value());

        assertThatThrownBy(() -> signing.open(Optional.of(manifest.version()), cache()))
                .isInstanceOf(CorruptReleaseException.class)
                .hasMessageContaining("is the manifest of animals " + second.version());
    }

    @Test
    void aFileChangedUnderAGoodSignatureIsRefused() throws Exception {
        store.tamper(key("config.json"), "{\"num_hidden_layers\":3}".getBytes(UTF_8));

        assertThatThrownBy(() -> signing.open(Optional.empty(), cache()))
                .isInstanceOf(CorruptReleaseException.class)
                .hasMessageContaining("config.json of animals " + manifest.version());
    }

    @Test
    void aBrokenSignatureFileIsRefused() throws Exception {
        store.tamper(key(Manifest.SIGNATURE), "{\"algorithm\":\"none\"}".getBytes(UTF_8));

        assertThatThrownBy(() -> signing.open(Optional.empty(), cache()))
                .isInstanceOf(UntrustedReleaseException.class)
                .hasMessageContaining("manifest.sig is not a signature: ")
                .hasMessageContaining("algorithm is none, this program knows Ed25519");
    }

    @Test
    void whatIsNotTrustedIsNotPutInService() throws Exception {
        Version unsigned = publish(new Releases(store, "animals", clock), 2).version();

        assertThatThrownBy(() -> signing.promote(unsigned)).isInstanceOf(UntrustedReleaseException.class);
        assertThat(signing.current().orElseThrow().value().version()).isEqualTo(manifest.version());
    }

    @Test
    void aKeyIsReplacedByTrustingBothForAWhile() throws Exception {
        SigningKey next = SigningKey.generate();
        TrustedKeys both = TrustedKeys.parse(key.publicPem() + next.publicPem());
        Releases rotating =
                new Releases(store, "animals", clock, new Signatures(Optional.of(next), Optional.of(both)));
        rotating.promote(publish(rotating, 2).version());

        assertThat(rotating.signer(rotating.current().orElseThrow().value().version())).contains(next.id());
        assertThat(rotating.rollBack().version()).isEqualTo(manifest.version());
        assertThatThrownBy(() -> releases(Optional.empty(), Optional.of(next)).open(Optional.empty(), cache()))
                .isInstanceOf(UntrustedReleaseException.class);
    }

    @Test
    void anAuditNamesEachBrokenFileAndTheSignature() throws Exception {
        store.tamper(key("config.json"), "{\"num_hidden_layers\":3}".getBytes(UTF_8));
        store.tamper(key("metrics.json"), "{}".getBytes(UTF_8));
        store.delete(key("tokenizer.json"));
        store.delete(key(Manifest.SIGNATURE));

        List<String> flaws = signing.audit(manifest.version());

        assertThat(flaws).hasSize(4);
        assertThat(flaws.get(0)).contains("is not signed");
        assertThat(flaws.get(1)).contains("config.json", "has SHA-256");
        assertThat(flaws.get(2)).contains("metrics.json", "has 2 bytes");
        assertThat(flaws.get(3)).contains("lacks tokenizer.json");
    }

    private AbstractThrowableAssert<?, ?> assertRefused(String message) {
        return assertThatThrownBy(() -> signing.open(Optional.empty(), cache()))
                .isInstanceOf(UntrustedReleaseException.class)
                .hasMessageStartingWith(message.formatted(manifest.version()))
                .hasMessageEndingWith("; put a signed version in service, or publish again with SIGNING_KEY");
    }

    private Manifest publish(Releases into, long seed) throws IOException {
        return into.publish(
                ReleaseFixtures.folder(folder.resolve("source-" + seed), seed, 1000), ReleaseFixtures.provenance());
    }

    private Releases releases(Optional<SigningKey> sign, Optional<SigningKey> trust) {
        return new Releases(store, "animals", clock,
                new Signatures(sign, trust.map(trusted -> TrustedKeys.parse(trusted.publicPem()))));
    }

    private static Signatures signatures(SigningKey sign, SigningKey trust) {
        return new Signatures(Optional.of(sign), Optional.of(TrustedKeys.parse(trust.publicPem())));
    }

    private ObjectKey key(String path) {
        return new ObjectKey("animals/releases/%s/%s".formatted(manifest.version(), path));
    }

    private Path cache() {
        return folder.resolve("cache");
    }
}
