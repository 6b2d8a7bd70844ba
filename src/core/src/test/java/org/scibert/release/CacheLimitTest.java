package org.scibert.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.io.FileTree;
import org.scibert.io.SmallDisk;
import org.scibert.store.ForwardingStore;
import org.scibert.store.MemoryStore;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectStore;

/** A cache that is opened from for years on a disk of a given size. */
class CacheLimitTest {
    private static final int WEIGHTS = 30_000;
    /** Two releases and a half, as it is for 112 MB of int8 weights and 300 MB. */
    private static final int DISK = 80_000;

    @TempDir
    Path folder;

    private final SmallDisk disk = new SmallDisk(DISK);
    private final MemoryStore store = new MemoryStore();
    private final Releases releases =
            new Releases(store, "animals", ReleaseFixtures.clock(Instant.parse("2026-11-22T12:00:00Z")));

    @AfterEach
    void free() throws IOException {
        disk.close();
    }

    private Version publish(int seed) throws IOException {
        Path source = ReleaseFixtures.folder(folder.resolve("source"), seed, WEIGHTS);
        Version version = releases.publish(source, ReleaseFixtures.provenance()).version();
        releases.promote(version);
        return version;
    }

    private static List<String> copies(Path cache) throws IOException {
        try (Stream<Path> paths = Files.list(cache.resolve("animals"))) {
            return paths.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .map(name -> name.substring(0, name.lastIndexOf('-')))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void fiftyReleasesInARowPassThroughADiskOfTwo() throws Exception {
        Path cache = disk.folder("cache");
        List<String> versions = new ArrayList<>();
        for (int seed = 0; seed < 50; seed++) {
            versions.add(publish(seed).toString());

            LocalRelease opened = releases.open(Optional.empty(), cache);

            assertThat(opened.file(Manifest.WEIGHTS))
                    .hasSameBinaryContentAs(folder.resolve("source").resolve(Manifest.WEIGHTS));
            assertThat(copies(cache)).isEqualTo(versions.subList(Math.max(0, seed - 1), seed + 1));
        }
    }

    @Test
    void goingBackFindsTheCopyThatWasInServiceBefore() throws Exception {
        Path cache = folder.resolve("cache");
        publish(1);
        releases.open(Optional.empty(), cache);
        publish(2);
        releases.open(Optional.empty(), cache);
        releases.rollBack();
        ObjectStore noWeights = new ForwardingStore(store) {
            @Override
            public void download(ObjectKey key, Path target, long limit) {
                throw new AssertionError("the copy is there: " + key);
            }
        };

        new Releases(noWeights, "animals", ReleaseFixtures.clock(Instant.now())).open(Optional.empty(), cache);

        assertThat(copies(cache)).hasSize(2);
    }

    @Test
    void whatAKilledDownloadLeftMakesRoom() throws Exception {
        Path cache = disk.folder("cache");
        Path left = Files.createDirectories(cache.resolve("animals/.fetch-123"));
        Files.write(left.resolve("model.safetensors"), new byte[DISK - 10_000]);
        publish(1);

        releases.open(Optional.empty(), cache);

        assertThat(left).doesNotExist();
    }

    @Test
    void aReleaseLargerThanTheDiskIsRefusedAndTheOneInServiceStays() throws Exception {
        Path cache = disk.folder("cache");
        Version inService = publish(1);
        releases.open(Optional.empty(), cache);
        Path large = ReleaseFixtures.folder(folder.resolve("large"), 2, 2 * DISK);
        Version next = releases.publish(large, ReleaseFixtures.provenance()).version();

        assertThatThrownBy(() -> releases.open(Optional.of(next), cache))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("are free; free some");

        assertThat(copies(cache)).contains(inService.toString());
    }

    @Test
    void releasesThatCannotBeOpenedDoNotPushOutTheOneInService() throws Exception {
        Path cache = folder.resolve("cache");
        Version inService = publish(1);
        releases.open(Optional.empty(), cache);

        for (int seed = 2; seed < 6; seed++) {
            Version damaged = publish(seed);
            store.tamper(
                    new ObjectKey("animals/releases/%s/%s".formatted(damaged, Manifest.WEIGHTS)), new byte[WEIGHTS]);
            assertThatThrownBy(() -> releases.open(Optional.empty(), cache))
                    .isInstanceOf(CorruptReleaseException.class);
            assertThat(copies(cache)).contains(inService.toString());
        }
    }

    @Test
    void aCopyThatAnotherProcessUsesIsNotDeleted() throws Exception {
        Path cache = folder.resolve("cache");
        publish(1);
        Path used = releases.open(Optional.empty(), cache).folder();
        List<Path> later = new ArrayList<>();
        try (LeaseHolder other = LeaseHolder.start(used)) {
            for (int seed = 2; seed < 6; seed++) {
                publish(seed);
                later.add(releases.open(Optional.empty(), cache).folder());
            }
            assertThat(used.resolve(Manifest.WEIGHTS)).exists();
            assertThat(later.get(0)).doesNotExist();
        }

        publish(6);
        releases.open(Optional.empty(), cache);
        assertThat(used).doesNotExist();
        assertThat(FileTree.paths(cache).stream().filter(path -> path.endsWith(Manifest.WEIGHTS))).hasSize(2);
    }
}
