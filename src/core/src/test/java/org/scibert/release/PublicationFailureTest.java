package org.scibert.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scibert.store.FailingStore;
import org.scibert.store.MemoryStore;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectStore;
import org.scibert.store.StoreUnavailableException;

/** A publication that dies, at whichever write, leaves the version in service as it was. */
class PublicationFailureTest {
    /** Five files, the manifest, the pointer. */
    private static final int WRITES = 7;

    @TempDir
    Path folder;

    private final ObjectStore store = new MemoryStore();
    private final Clock clock = ReleaseFixtures.clock(Instant.parse("2026-11-22T12:00:00Z"));
    private final Releases releases = new Releases(store, "animals", clock);
    private Path oldFiles;
    private Path newFiles;
    private Version inService;

    static Stream<Arguments> deaths() {
        return Stream.of(FailingStore.Moment.values())
                .flatMap(moment -> IntStream.range(0, WRITES).mapToObj(n -> Arguments.of(n, moment)));
    }

    @BeforeEach
    void publishOne() throws IOException {
        oldFiles = ReleaseFixtures.folder(folder.resolve("old"), 1, 1000);
        newFiles = ReleaseFixtures.folder(folder.resolve("new"), 2, 1000);
        inService = publishAndPromote(store, oldFiles).version();
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void theServiceGoesOnAndPublishingAgainWorks(int writes, FailingStore.Moment moment) throws Exception {
        assertThatThrownBy(() -> publishAndPromote(new FailingStore(store, writes, moment), newFiles))
                .isInstanceOf(StoreUnavailableException.class);

        boolean moved = writes == WRITES - 1 && moment == FailingStore.Moment.AFTER_EFFECT;
        assertOpensTo(moved ? newFiles : oldFiles);
        Version broken = versionsWritten().stream()
                .filter(version -> !version.equals(inService))
                .findFirst()
                .orElse(null);
        boolean complete = writes == WRITES - 1 || (writes == WRITES - 2 && moment == FailingStore.Moment.AFTER_EFFECT);
        assertThat(releases.versions().contains(broken)).isEqualTo(complete);
        if (broken != null && !complete) {
            assertThatThrownBy(() -> releases.open(Optional.of(broken), folder.resolve("cache")))
                    .isInstanceOf(ReleaseNotFoundException.class)
                    .hasMessageContaining(broken.toString());
            assertThatThrownBy(() -> releases.promote(broken)).isInstanceOf(ReleaseNotFoundException.class);
        }

        publishAndPromote(store, newFiles);
        assertOpensTo(newFiles);
    }

    @Test
    void aPublicationHasAsManyWritesAsThisTestKills() throws Exception {
        publishAndPromote(new FailingStore(store, WRITES, FailingStore.Moment.BEFORE_EFFECT), newFiles);

        assertOpensTo(newFiles);
    }

    @Test
    void publishingAloneMovesNothing() throws Exception {
        Version next = releases.publish(newFiles, ReleaseFixtures.provenance()).version();

        assertThat(releases.versions()).containsExactly(inService, next);
        assertOpensTo(oldFiles);
    }

    private Manifest publishAndPromote(ObjectStore into, Path files) throws IOException {
        Releases target = new Releases(into, "animals", clock);
        Manifest manifest = target.publish(files, ReleaseFixtures.provenance());
        target.promote(manifest.version());
        return manifest;
    }

    private void assertOpensTo(Path files) throws IOException {
        LocalRelease opened = releases.open(Optional.empty(), folder.resolve("cache"));
        assertThat(opened.file(Manifest.WEIGHTS)).hasSameBinaryContentAs(files.resolve(Manifest.WEIGHTS));
    }

    private List<Version> versionsWritten() throws IOException {
        return store.list(new ObjectKey("animals/releases")).stream()
                .map(key -> Version.parse(key.path().split("/")[2]))
                .distinct()
                .toList();
    }
}
