package org.scibert.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scibert.io.FileTree;
import org.scibert.io.SmallDisk;
import org.scibert.store.FileStore;
import org.scibert.store.ForwardingStore;
import org.scibert.store.MemoryStore;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectStore;
import org.scibert.store.StoreRefusedException;

/** A disk that fills at one of 20 points of a publication, or of a download: nothing is lost and nothing is left. */
class FullDiskTest {
    private static final int POINTS = 20;
    private static final int WEIGHTS = 20_000;
    /** What a published version takes, with its manifest; a test checks it. */
    private static final int RELEASE = 21_700;

    @TempDir
    Path folder;

    private final Clock clock = ReleaseFixtures.clock(Instant.parse("2026-11-22T12:00:00Z"));
    private SmallDisk disk;

    static IntStream freeBytes() {
        return IntStream.range(0, POINTS).map(point -> RELEASE / POINTS * point);
    }

    @AfterEach
    void free() throws IOException {
        if (disk != null) {
            disk.close();
        }
    }

    private Path source(int seed) throws IOException {
        return ReleaseFixtures.folder(folder.resolve("source-" + seed), seed, WEIGHTS);
    }

    @ParameterizedTest
    @MethodSource("freeBytes")
    void aPublicationOnAFullDiskLeavesTheVersionInService(int free) throws Exception {
        disk = new SmallDisk(2 * RELEASE + 2_000 + free);
        Path root = disk.folder("store");
        Releases releases = new Releases(new FileStore(root), "animals", clock);
        Version inService = releases.publish(source(1), ReleaseFixtures.provenance()).version();
        releases.promote(inService);
        Version before = releases.publish(source(2), ReleaseFixtures.provenance()).version();
        Path next = source(3);
        releases.finish(next, ReleaseFixtures.provenance());
        fill(free);

        assertThatThrownBy(() -> releases.publish(next))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContainingAll("file:" + root, "animals/releases/", "bytes are free there); make room");

        assertThat(releases.audit(inService)).isEmpty();
        assertThat(releases.versions()).containsExactly(inService, before);
        assertThat(FileTree.paths(root)).noneMatch(path -> path.endsWith(".part"));

        // With room again, the same release goes on from where it stopped.
        releases.delete(before);
        Version published = releases.publish(next).version();
        assertThat(releases.audit(published)).isEmpty();
    }

    /** Leaves this many bytes free. */
    private void fill(int free) throws IOException {
        long surplus = disk.free() - free;
        if (surplus > 0) {
            Files.write(disk.folder("other").resolve("file"), new byte[(int) surplus]);
        }
    }

    @ParameterizedTest
    @MethodSource("freeBytes")
    void aDownloadToAFullDiskLeavesNoPart(int free) throws Exception {
        disk = new SmallDisk(RELEASE + free);
        MemoryStore store = new MemoryStore();
        Releases releases = new Releases(store, "animals", clock);
        releases.promote(releases.publish(source(1), ReleaseFixtures.provenance()).version());
        Path cache = disk.folder("cache");
        // Another program takes the space after it was looked at.
        ObjectStore full = new ForwardingStore(store) {
            @Override
            public void download(ObjectKey key, Path target, long limit) throws IOException {
                if (key.path().endsWith(Manifest.WEIGHTS)) {
                    fill(Math.min(free, WEIGHTS - 100));
                }
                super.download(key, target, limit);
            }
        };

        assertThatThrownBy(() -> new Releases(full, "animals", clock).open(Optional.empty(), cache))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContainingAll("cannot be kept in " + cache, Manifest.WEIGHTS, "make room");

        assertThat(FileTree.paths(cache)).noneMatch(path -> path.contains(".fetch-") || path.endsWith(".part"));
        assertThat(FileTree.paths(cache)).noneMatch(path -> path.endsWith(Manifest.WEIGHTS));
    }

    @Test
    void aReleaseTakesTheBytesThatTheseTestsFill() throws Exception {
        disk = new SmallDisk(10 * RELEASE);
        Releases releases = new Releases(new FileStore(disk.folder("store")), "animals", clock);
        long before = disk.free();
        releases.publish(source(1), ReleaseFixtures.provenance());

        assertThat(before - disk.free()).isBetween(RELEASE - 200L, RELEASE + 0L);
    }
}
