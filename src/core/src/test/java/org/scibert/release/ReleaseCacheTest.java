package org.scibert.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scibert.io.FileDigest;
import org.scibert.io.FileTree;
import org.scibert.store.ForwardingStore;
import org.scibert.store.MemoryStore;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectStore;
import org.scibert.store.Race;

class ReleaseCacheTest {
    @TempDir
    Path folder;

    private final AtomicInteger downloads = new AtomicInteger();
    private final ObjectStore store = new ForwardingStore(new MemoryStore()) {
        @Override
        public void download(ObjectKey key, Path target, long limit) throws IOException {
            downloads.incrementAndGet();
            super.download(key, target, limit);
        }
    };
    private final Releases releases =
            new Releases(store, "animals", ReleaseFixtures.clock(Instant.parse("2026-11-22T12:00:00Z")));
    private Path source;
    private Manifest manifest;

    @BeforeEach
    void publish() throws IOException {
        source = ReleaseFixtures.folder(folder.resolve("source"), 1, 1000);
        manifest = releases.publish(source, ReleaseFixtures.provenance());
        releases.promote(manifest.version());
    }

    private LocalRelease open() throws IOException {
        return releases.open(Optional.empty(), folder.resolve("cache"));
    }

    @Test
    void theCopyLiesUnderNameVersionAndDigestWithItsManifest() throws Exception {
        LocalRelease opened = open();

        String digest = FileDigest.of(manifest.toBytes()).sha256();
        assertThat(opened.folder())
                .isEqualTo(folder.resolve("cache/animals").resolve(manifest.version() + "-" + digest.substring(0, 16)));
        assertThat(opened.folder().resolve("manifest.json")).hasBinaryContent(manifest.toBytes());
        assertThat(FileTree.paths(opened.folder())).hasSize(6);
    }

    @Test
    void aWholeCopyIsNotFetchedAgain() throws Exception {
        open();
        assertThat(downloads).hasValue(5);

        open();
        assertThat(downloads).hasValue(5);
    }

    @ParameterizedTest
    @CsvSource({"model.safetensors,6", "config.json,6", "manifest.json,5"})
    void aBrokenFileOfACopyIsFetchedAgain(String path, int fetched) throws Exception {
        Path broken = open().folder().resolve(path);
        byte[] content = Files.readAllBytes(broken);
        byte[] whole = content.clone();
        content[0] ^= 1;
        Files.write(broken, content);

        assertThat(open().folder().resolve(path)).hasBinaryContent(whole);
        assertThat(downloads).hasValue(fetched);
    }

    @Test
    void aCopyThatLacksAFileIsFetchedAgain() throws Exception {
        Files.delete(open().file("tokenizer.json"));

        assertThat(open().file("tokenizer.json")).hasSameBinaryContentAs(source.resolve("tokenizer.json"));
    }

    @Test
    void onlyTheChosenWeightsAreFetchedAndVerified() throws Exception {
        Files.writeString(source.resolve("model.int8.safetensors"), "fewer bits");
        manifest = releases.publish(source, ReleaseFixtures.provenance());
        releases.promote(manifest.version());
        assertThat(manifest.weights()).containsExactly("model.int8.safetensors", "model.safetensors");

        LocalRelease reduced = open("model.int8.safetensors");
        assertThat(FileTree.paths(reduced.folder())).containsExactly(
                "MODEL_CARD.md", "config.json", "manifest.json", "metrics.json", "model.int8.safetensors",
                "tokenizer.json");
        assertThat(downloads).hasValue(5);

        Files.writeString(reduced.folder().resolve("model.int8.safetensors"), "other bits");
        assertThat(open("model.safetensors").folder()).isEqualTo(reduced.folder());
        assertThat(downloads).hasValue(6);

        assertThat(open("model.int8.safetensors").file("model.int8.safetensors")).hasContent("fewer bits");
        assertThat(downloads).hasValue(7);
    }

    @Test
    void aChoiceIsMadeByVerifiedFiles() throws Exception {
        releases.open(Optional.empty(), folder.resolve("cache"), small -> {
            assertThat(small.file("config.json")).hasContent("{\"num_hidden_layers\":2}");
            assertThat(small.file(Manifest.WEIGHTS)).doesNotExist();
            return List.of();
        });
    }

    private LocalRelease open(String weights) throws IOException {
        return releases.open(Optional.empty(), folder.resolve("cache"), small -> List.of(weights));
    }

    @Test
    void twoWhoOpenAtOnceFetchOnce() throws Exception {
        assertThat(Race.losses(2, i -> open(), IOException.class)).isEmpty();

        assertThat(downloads).hasValue(5);
        assertThat(open().file(Manifest.WEIGHTS)).hasSameBinaryContentAs(source.resolve(Manifest.WEIGHTS));
    }

    @Test
    void aCopyThatIsThereNeedsNoWritableCache() throws Exception {
        Path copy = open().folder();
        Files.delete(copy.resolveSibling(".lock"));

        open();

        assertThat(copy.resolveSibling(".lock")).doesNotExist();
    }

    @Test
    void aDiskThatIsTooFullIsToldBeforeAnythingIsFetched() throws Exception {
        SortedMap<String, FileDigest> files = new TreeMap<>(manifest.files());
        files.put("huge.bin", new FileDigest(1L << 60, "00".repeat(32)));
        Manifest huge = new Manifest(
                Manifest.FORMAT, "huge", manifest.version(), manifest.createdAt(), files, manifest.provenance());
        store.create(new ObjectKey("huge/releases/%s/manifest.json".formatted(huge.version())), huge.toBytes());

        assertThatThrownBy(() -> new Releases(store, "huge", ReleaseFixtures.clock(manifest.createdAt()))
                        .open(Optional.of(huge.version()), folder.resolve("cache")))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContainingAll(
                        Long.toString(huge.bytes(huge.files().keySet()) - 1000),
                        folder.resolve("cache").toString(),
                        "are free; free some");
        assertThat(downloads).hasValue(0);
    }

    @Test
    void aCacheThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("cache"), "a file where the folder should be");

        assertThatThrownBy(this::open)
                .isInstanceOf(ReleaseException.class)
                .hasMessageContainingAll("cannot be kept in " + file, "use another");
    }

    @Test
    void aFileThatTheManifestDoesNotListIsNotGiven() throws Exception {
        LocalRelease opened = open();

        assertThatThrownBy(() -> opened.file("thresholds.json"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContainingAll("has no file thresholds.json", "metrics.json");
    }
}
