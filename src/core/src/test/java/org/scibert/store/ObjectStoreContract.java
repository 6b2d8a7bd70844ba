package org.scibert.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scibert.release.LocalRelease;
import org.scibert.release.Manifest;
import org.scibert.release.PromotionConflictException;
import org.scibert.release.ReleaseFixtures;
import org.scibert.release.Releases;
import org.scibert.release.Version;

/** What every store must do; each implementation has a test class that extends this one. */
abstract class ObjectStoreContract {
    /** The least that an S3 server takes; a larger file goes in parts. */
    static final int PART_BYTES = 5 << 20;

    private static final ObjectKey KEY = new ObjectKey("animals/current.json");

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path folder;

    ObjectStore store;

    /** An empty store. */
    abstract ObjectStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void readGivesWhatCreateWrote() throws Exception {
        store.create(KEY, bytes("one"));

        assertThat(store.read(KEY).value()).isEqualTo(bytes("one"));
        assertThat(store.read(KEY).tag()).isEqualTo(store.read(KEY).tag()).isNotEmpty();
    }

    @Test
    void emptyContentIsContent() throws Exception {
        store.create(KEY, new byte[0]);

        assertThat(store.read(KEY).value()).isEmpty();
    }

    @Test
    void anAbsentObjectIsNotFound() {
        assertThatThrownBy(() -> store.read(KEY))
                .isInstanceOf(ObjectNotFoundException.class)
                .hasMessageContainingAll(store.uri(), KEY.path());
        assertThatThrownBy(() -> store.readIfChanged(KEY, "\"00000000000000000000000000000000\""))
                .isInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    void aFolderIsNoObject() throws Exception {
        store.create(KEY, bytes("one"));

        assertThatThrownBy(() -> store.read(new ObjectKey("animals"))).isInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    void readIfChangedIsEmptyUntilTheObjectChanges() throws Exception {
        store.create(KEY, bytes("one"));
        String tag = store.read(KEY).tag();

        assertThat(store.readIfChanged(KEY, tag)).isEmpty();

        store.swap(KEY, bytes("two"), Optional.of(tag));
        Tagged<byte[]> changed = store.readIfChanged(KEY, tag).orElseThrow();
        assertThat(changed.value()).isEqualTo(bytes("two"));
        assertThat(store.readIfChanged(KEY, changed.tag())).isEmpty();
    }

    @Test
    void anObjectTooLargeForMemoryIsRefused() throws Exception {
        store.create(KEY, file(ObjectStore.READ_LIMIT + 1));

        assertThatThrownBy(() -> store.read(KEY))
                .isInstanceOf(ObjectTooLargeException.class)
                .hasMessageContainingAll("8388609", "8388608");
    }

    @Test
    void createNeverOverwrites() throws Exception {
        store.create(KEY, bytes("one"));

        assertThatThrownBy(() -> store.create(KEY, bytes("two")))
                .isInstanceOf(ObjectExistsException.class)
                .hasMessageContainingAll(store.uri(), KEY.path());
        assertThatThrownBy(() -> store.create(KEY, file(10))).isInstanceOf(ObjectExistsException.class);
        assertThatThrownBy(() -> store.create(KEY, file(PART_BYTES + 1))).isInstanceOf(ObjectExistsException.class);
        assertThat(store.read(KEY).value()).isEqualTo(bytes("one"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PART_BYTES, PART_BYTES + 1, 2 * PART_BYTES + 17})
    void filesOfEverySizeComeBackAsTheyWere(int size) throws Exception {
        Path file = file(size);
        store.create(KEY, file);

        Path copy = folder.resolve("copy");
        store.download(KEY, copy, size);

        assertThat(copy).hasSameBinaryContentAs(file);
    }

    @Test
    void downloadReplacesAFileAndLeavesNothingElse() throws Exception {
        store.create(KEY, file(1000));
        Path target = Files.createDirectory(folder.resolve("cache")).resolve("copy");
        Files.writeString(target, "old");

        store.download(KEY, target, Long.MAX_VALUE);

        assertThat(target).hasSize(1000);
        assertThat(target.getParent()).isDirectoryNotContaining(file -> !file.equals(target));
    }

    @Test
    void aRefusedDownloadLeavesTheTargetAsItWas() throws Exception {
        store.create(KEY, file(100));
        Path target = Files.createDirectory(folder.resolve("cache")).resolve("copy");
        Files.writeString(target, "old");

        assertThatThrownBy(() -> store.download(KEY, target, 99))
                .isInstanceOfSatisfying(ObjectTooLargeException.class, e -> assertThat(e.size()).isEqualTo(100));
        assertThatThrownBy(() -> store.download(new ObjectKey("absent"), target, 99))
                .isInstanceOf(ObjectNotFoundException.class);

        assertThat(target).hasContent("old");
        assertThat(target.getParent()).isDirectoryNotContaining(file -> !file.equals(target));
    }

    @Test
    void swapWritesOnlyOverTheStateThatWasRead() throws Exception {
        store.swap(KEY, bytes("one"), Optional.empty());
        String first = store.read(KEY).tag();
        store.swap(KEY, bytes("two"), Optional.of(first));

        assertThatThrownBy(() -> store.swap(KEY, bytes("three"), Optional.of(first)))
                .isInstanceOf(ObjectChangedException.class)
                .hasMessageContainingAll(store.uri(), KEY.path());
        assertThatThrownBy(() -> store.swap(KEY, bytes("three"), Optional.empty()))
                .isInstanceOf(ObjectChangedException.class);
        assertThat(store.read(KEY).value()).isEqualTo(bytes("two"));

        store.delete(KEY);
        assertThatThrownBy(() -> store.swap(KEY, bytes("three"), Optional.of(first)))
                .isInstanceOf(ObjectChangedException.class);
        assertThat(store.list(new ObjectKey("animals"))).isEmpty();
    }

    @Test
    void listShowsAFoldersKeysInOrderAtAnyDepth() throws Exception {
        for (String key : List.of("a/z", "a/b/c/d", "a/b/c.txt", "ab/x", "b")) {
            store.create(new ObjectKey(key), bytes(key));
        }

        assertThat(store.list(new ObjectKey("a")))
                .extracting(ObjectKey::path)
                .containsExactly("a/b/c.txt", "a/b/c/d", "a/z");
        assertThat(store.list(new ObjectKey("b"))).isEmpty();
        assertThat(store.list(new ObjectKey("absent"))).isEmpty();
    }

    @Test
    void deleteIsDoneOnceAndNeedsNoObject() throws Exception {
        store.create(KEY, bytes("one"));

        store.delete(KEY);
        store.delete(KEY);

        assertThatThrownBy(() -> store.read(KEY)).isInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    void aProbeLeavesNothing() throws Exception {
        store.probe(new ObjectKey("animals/checkpoints"), 1);

        assertThat(store.list(new ObjectKey("animals"))).isEmpty();
    }

    @Test
    void aReleaseIsPublishedPutInServiceAndOpened() throws Exception {
        Path source = ReleaseFixtures.folder(folder.resolve("source"), 1, PART_BYTES + 1);
        Releases releases = new Releases(store, "animals", ReleaseFixtures.clock(NOON));

        Manifest manifest = releases.publish(source, ReleaseFixtures.provenance());
        releases.promote(manifest.version(), Optional.empty());
        LocalRelease opened = releases.open(Optional.empty(), folder.resolve("cache"));

        assertThat(releases.versions()).containsExactly(manifest.version());
        assertThat(opened.manifest()).isEqualTo(manifest);
        for (String path : manifest.files().keySet()) {
            assertThat(opened.file(path)).hasSameBinaryContentAs(source.resolve(path));
        }
    }

    @Test
    void aPromotionThatIsOvertakenIsToldByWhom() throws Exception {
        Releases releases = new Releases(store, "animals", ReleaseFixtures.clock(NOON));
        List<Version> versions = new ArrayList<>();
        for (int seed = 0; seed < 3; seed++) {
            Path source = ReleaseFixtures.folder(folder.resolve("source"), seed, 100);
            versions.add(releases.publish(source, ReleaseFixtures.provenance()).version());
        }
        releases.promote(versions.get(0));
        ObjectStore overtaken = new ForwardingStore(store) {
            @Override
            public void swap(ObjectKey key, byte[] content, Optional<String> expected) throws IOException {
                releases.promote(versions.get(1));
                super.swap(key, content, expected);
            }
        };

        assertThatThrownBy(() -> new Releases(overtaken, "animals", Clock.systemUTC()).promote(versions.get(2)))
                .isInstanceOf(PromotionConflictException.class)
                .hasMessage("animals %s was to replace %s, but %s is in service by now; "
                                .formatted(versions.get(2), versions.get(0), versions.get(1))
                        + "compare with that one and decide anew");
        assertThat(releases.current().orElseThrow().value().version()).isEqualTo(versions.get(1));
    }

    Path file(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return Files.write(folder.resolve("file-" + size), content);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
