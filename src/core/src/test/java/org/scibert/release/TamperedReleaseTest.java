package org.scibert.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scibert.io.FileDigest;
import org.scibert.io.FileTree;
import org.scibert.store.MemoryStore;
import org.scibert.store.ObjectKey;

/** Whoever changes a published byte stops the release from being opened, and the message says which. */
class TamperedReleaseTest {
    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private final Releases releases =
            new Releases(store, "animals", ReleaseFixtures.clock(Instant.parse("2026-11-22T12:00:00Z")));
    private Manifest manifest;

    @BeforeEach
    void publish() throws IOException {
        Path source = ReleaseFixtures.folder(folder.resolve("source"), 1, 1000);
        manifest = releases.publish(source, ReleaseFixtures.provenance());
        releases.promote(manifest.version());
    }

    static Stream<String> files() {
        return Stream.of("model.safetensors", "tokenizer.json", "config.json", "metrics.json", "MODEL_CARD.md");
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFlippedBitIsRefusedWithBothDigests(String path) throws Exception {
        byte[] content = content(path);
        content[content.length / 2] ^= 1;
        store.tamper(key(path), content);

        assertRefused().hasMessageContaining("%s of animals %s has SHA-256 %s, its manifest says %s".formatted(
                path,
                manifest.version(),
                FileDigest.of(content).sha256(),
                manifest.files().get(path).sha256()));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aShortenedFileIsRefusedWithBothSizes(String path) throws Exception {
        byte[] content = content(path);
        store.tamper(key(path), Arrays.copyOf(content, content.length - 1));

        assertRefused().hasMessageContaining("%s of animals %s has %s bytes, its manifest says %s"
                .formatted(path, manifest.version(), content.length - 1, content.length));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aLengthenedFileIsRefusedWithBothSizes(String path) throws Exception {
        byte[] content = content(path);
        store.tamper(key(path), Arrays.copyOf(content, content.length + 1));

        assertRefused().hasMessageContaining("%s of animals %s has %s bytes, its manifest says %s"
                .formatted(path, manifest.version(), content.length + 1, content.length));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aMissingFileIsNamed(String path) throws Exception {
        store.delete(key(path));

        assertRefused().hasMessageContaining("animals %s lacks %s".formatted(manifest.version(), path));
    }

    @Test
    void filesInEachOthersPlaceAreRefused() throws Exception {
        byte[] tokenizer = content("tokenizer.json");
        store.tamper(key("tokenizer.json"), content("config.json"));
        store.tamper(key("config.json"), tokenizer);

        assertRefused().hasMessageContaining("config.json of animals %s has %s bytes, its manifest says %s"
                .formatted(manifest.version(), tokenizer.length, content("tokenizer.json").length));
    }

    @Test
    void aManifestThatThePointerDoesNotKnowIsRefused() throws Exception {
        byte[] changed = rewriteManifest(json -> json.replace("\"seed\" : 42", "\"seed\" : 43"));

        assertRefused().hasMessageContainingAll(
                "manifest.json of animals " + manifest.version(),
                FileDigest.of(changed).sha256(),
                FileDigest.of(manifest.toBytes()).sha256());
        assertThat(releases.audit(manifest.version())).singleElement(STRING)
                .startsWith("manifest.json of animals " + manifest.version() + " has SHA-256 ");
    }

    @Test
    void aManifestThatIsGoneIsNotFound() {
        store.delete(key(Manifest.FILE));

        assertThatThrownBy(() -> releases.open(Optional.empty(), cache()))
                .isInstanceOf(ReleaseNotFoundException.class)
                .hasMessageContainingAll("memory:", manifest.version().toString(), "animals");
    }

    @Test
    void anotherReleasesManifestIsRefused() throws Exception {
        rewriteManifest(json -> json.replace("\"name\" : \"animals\"", "\"name\" : \"plants\""));

        assertPinnedRefused().hasMessageContaining("is the manifest of plants " + manifest.version());
    }

    @Test
    void anotherVersionsManifestIsRefused() throws Exception {
        Version later = Version.of(Instant.parse("2027-01-01T00:00:00Z"), manifest.files().get(Manifest.WEIGHTS));
        rewriteManifest(json -> json.replace(manifest.version().toString(), later.toString()));

        assertPinnedRefused().hasMessageContaining("is the manifest of animals " + later);
    }

    @Test
    void aManifestOfOtherWeightsIsRefused() throws Exception {
        String digest = manifest.files().get(Manifest.WEIGHTS).sha256();
        rewriteManifest(json -> json.replace(digest, "00".repeat(32)));

        assertPinnedRefused().hasMessageContaining("does not fit the digest of model.safetensors");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escaped", "/escaped", "a/../../escaped", "..", "a\\\\b", "a//b", ".hidden", ""})
    void aPathOutOfTheFolderIsRefused(String path) throws Exception {
        rewriteManifest(json -> json.replace("\"config.json\"", "\"%s\"".formatted(path)));

        assertPinnedRefused().hasMessageContaining("cannot name an object");
        assertThat(FileTree.paths(folder)).allMatch(file -> file.startsWith("source/"));
    }

    @Test
    void aPointerToAnotherReleaseIsRefused() throws Exception {
        ObjectKey pointer = new ObjectKey("animals/current.json");
        String json = new String(store.read(pointer).value(), UTF_8);
        store.tamper(pointer, json.replace("\"animals\"", "\"plants\"").getBytes(UTF_8));

        assertRefused().hasMessageContaining("memory:: animals/current.json is the pointer of plants");
    }

    @Test
    void brokenJsonIsRefused() throws Exception {
        store.tamper(new ObjectKey("animals/current.json"), "{\"name\":".getBytes(UTF_8));
        assertRefused().hasMessageContaining("animals/current.json is not a pointer");

        store.tamper(key(Manifest.FILE), "null".getBytes(UTF_8));
        assertPinnedRefused().hasMessageContaining("manifest.json is not a manifest");
    }

    private AbstractThrowableAssert<?, ?> assertRefused() throws IOException {
        return assertRefused(Optional.empty());
    }

    /** A pinned version is opened without the pointer, whose digest would tell first. */
    private AbstractThrowableAssert<?, ?> assertPinnedRefused() throws IOException {
        return assertRefused(Optional.of(manifest.version()));
    }

    private AbstractThrowableAssert<?, ?> assertRefused(Optional<Version> version) throws IOException {
        AbstractThrowableAssert<?, ?> refusal = assertThatThrownBy(() -> releases.open(version, cache()))
                .isInstanceOf(CorruptReleaseException.class)
                .hasMessageEndingWith("put another version in service, or publish again");
        for (String path : FileTree.paths(cache())) {
            assertThat(path.matches("animals/\\.(lock|in-use)") || isAsPublished(cache().resolve(path)))
                    .as("a refused release leaves %s", path)
                    .isTrue();
        }
        return refusal;
    }

    private boolean isAsPublished(Path file) throws IOException {
        String name = file.getFileName().toString();
        FileDigest published = name.equals(Manifest.FILE)
                ? FileDigest.of(manifest.toBytes())
                : manifest.files().get(name);
        return FileDigest.of(file).equals(published);
    }

    private byte[] rewriteManifest(UnaryOperator<String> change) throws IOException {
        String before = new String(content(Manifest.FILE), UTF_8);
        String after = change.apply(before);
        assertThat(after).isNotEqualTo(before);
        store.tamper(key(Manifest.FILE), after.getBytes(UTF_8));
        return after.getBytes(UTF_8);
    }

    private byte[] content(String path) throws IOException {
        return store.read(key(path)).value();
    }

    private ObjectKey key(String path) {
        return new ObjectKey("animals/releases/%s/%s".formatted(manifest.version(), path));
    }

    private Path cache() {
        return folder.resolve("cache");
    }
}
