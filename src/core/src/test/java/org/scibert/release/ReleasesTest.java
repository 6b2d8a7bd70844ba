package org.scibert.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scibert.io.FileDigest;
import org.scibert.store.FailingStore;
import org.scibert.store.MemoryStore;
import org.scibert.store.ObjectExistsException;
import org.scibert.store.ObjectKey;
import org.scibert.store.StoreUnavailableException;
import org.scibert.store.Tagged;

class ReleasesTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private final Releases releases = new Releases(store, "animals", ReleaseFixtures.clock(NOON));
    private Path source;

    @BeforeEach
    void makeFolder() throws Exception {
        source = ReleaseFixtures.folder(folder.resolve("source"), 1, 1000);
    }

    private Version publish(long seed) throws Exception {
        Path files = ReleaseFixtures.folder(folder.resolve("source"), seed, 1000);
        return releases.publish(files, ReleaseFixtures.provenance()).version();
    }

    @Test
    void aVersionIsNamedByTimeAndWeights() throws Exception {
        Manifest manifest = releases.publish(source, ReleaseFixtures.provenance());

        String weights = FileDigest.of(source.resolve("model.safetensors")).sha256();
        assertThat(manifest.version()).hasToString("20261122T120000Z-" + weights.substring(0, 8));
        assertThat(manifest.createdAt()).isEqualTo(NOON);
        assertThat(manifest.files().keySet())
                .containsExactly("MODEL_CARD.md", "config.json", "metrics.json", "model.safetensors", "tokenizer.json");
        assertThat(store.list(new ObjectKey("animals/releases/" + manifest.version()))).hasSize(6);
        assertThat(releases.manifest(manifest.version())).isEqualTo(manifest);
    }

    @Test
    void filesInSubfoldersBelongToTheRelease() throws Exception {
        Files.createDirectories(source.resolve("plots/dev"));
        Files.writeString(source.resolve("plots/dev/roc.svg"), "<svg/>");

        Version version = releases.publish(source, ReleaseFixtures.provenance()).version();

        LocalRelease opened = releases.open(Optional.of(version), folder.resolve("cache"));
        assertThat(opened.file("plots/dev/roc.svg")).hasContent("<svg/>");
    }

    @Test
    void aFolderWithoutWeightsIsNotPublished() throws Exception {
        Files.delete(source.resolve("model.safetensors"));

        assertThatThrownBy(() -> releases.publish(source, ReleaseFixtures.provenance()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContainingAll(source.toString(), "has no model.safetensors");
    }

    @ParameterizedTest
    @ValueSource(strings = {".DS_Store", "my notes.txt", "manifest.json", "manifest.sig"})
    void aFolderWithAFileThatCannotBelongIsNotPublished(String stranger) throws Exception {
        Files.writeString(source.resolve(stranger), "");

        assertThatThrownBy(() -> releases.publish(source, ReleaseFixtures.provenance()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContainingAll("cannot be published", stranger);
        assertThat(store.list(new ObjectKey("animals"))).isEmpty();
    }

    @Test
    void theSameSecondAndWeightsAreOneVersionThatIsNotOverwritten() throws Exception {
        Releases stopped = new Releases(store, "animals", Clock.fixed(NOON, ZoneOffset.UTC));
        stopped.publish(source, ReleaseFixtures.provenance());

        assertThatThrownBy(() -> stopped.publish(source, ReleaseFixtures.provenance()))
                .isInstanceOf(ObjectExistsException.class)
                .hasMessageContaining("publish again");
    }

    @Test
    void aFinishedFolderIsPublishedAsItIs() throws Exception {
        Manifest finished = releases.finish(source, ReleaseFixtures.provenance());
        assertThat(releases.versions()).isEmpty();

        assertThat(releases.publish(source)).isEqualTo(finished);
        assertThat(releases.manifest(finished.version())).isEqualTo(finished);
        assertThat(store.read(key(finished, Manifest.FILE)).value())
                .isEqualTo(Files.readAllBytes(source.resolve(Manifest.FILE)));
        // Once more changes nothing: the answer to the first attempt may have been lost.
        assertThat(releases.publish(source)).isEqualTo(finished);
    }

    @Test
    void aPublicationThatDiedIsContinued() throws Exception {
        Manifest finished = releases.finish(source, ReleaseFixtures.provenance());
        for (int writes = 0; writes < 6; writes++) {
            Releases dying = new Releases(
                    new FailingStore(store, writes, FailingStore.Moment.AFTER_EFFECT),
                    "animals",
                    ReleaseFixtures.clock(NOON));
            try {
                dying.publish(source);
            } catch (StoreUnavailableException e) {
                // The next attempt goes on.
            }
        }

        assertThat(releases.publish(source)).isEqualTo(finished);
        assertThat(releases.audit(finished.version())).isEmpty();
    }

    @Test
    void whatSomebodyElseWroteInItsPlaceIsNotTaken() throws Exception {
        Manifest finished = releases.finish(source, ReleaseFixtures.provenance());
        store.tamper(key(finished, "config.json"), "{}".getBytes(UTF_8));

        assertThatThrownBy(() -> releases.publish(source)).isInstanceOf(ObjectExistsException.class);
    }

    @Test
    void aFolderThatIsNoFinishedReleaseOrAnothersIsNotPublished() throws Exception {
        assertThatThrownBy(() -> releases.publish(source))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("%s holds no finished release: it has no manifest.json".formatted(source));
        releases.finish(source, ReleaseFixtures.provenance());
        assertThatThrownBy(() -> new Releases(store, "plants", ReleaseFixtures.clock(NOON)).publish(source))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("is a release of animals, not of plants");
        Files.writeString(source.resolve("config.json"), "{}");
        assertThatThrownBy(() -> releases.publish(source))
                .isInstanceOf(CorruptReleaseException.class)
                .hasMessageContaining("config.json of animals");
        assertThat(store.list(new ObjectKey("animals"))).isEmpty();
    }

    private static ObjectKey key(Manifest manifest, String path) {
        return new ObjectKey("animals/releases/%s/%s".formatted(manifest.version(), path));
    }

    @Test
    void nothingIsInServiceUntilAVersionIsPromoted() throws Exception {
        assertThat(releases.current()).isEmpty();
        assertThat(releases.versions()).isEmpty();
        publish(1);

        assertThat(releases.current()).isEmpty();
        assertThatThrownBy(() -> releases.open(Optional.empty(), folder.resolve("cache")))
                .isInstanceOf(ReleaseNotFoundException.class)
                .hasMessage("memory: has no version of animals in service; put one in service, or name a version");
    }

    @Test
    void promotingAndGoingBackMovesThePointer() throws Exception {
        Version first = publish(1);
        Version second = publish(2);

        assertThat(releases.promote(first).previous()).isNull();
        assertThat(releases.promote(second).previous()).isEqualTo(first);
        Pointer back = releases.rollBack();

        assertThat(back.version()).isEqualTo(first);
        assertThat(back.previous()).isEqualTo(second);
        assertThat(releases.current().orElseThrow().value()).isEqualTo(back);
        assertThat(releases.versions()).containsExactly(first, second);
    }

    @Test
    void theFirstInServiceHasNoWayBack() throws Exception {
        assertThatThrownBy(releases::rollBack).hasMessageContaining("has no version of animals in service");
        Version first = publish(1);
        releases.promote(first);

        assertThatThrownBy(releases::rollBack)
                .isInstanceOf(ReleaseNotFoundException.class)
                .hasMessage("animals %s is the first in service, so there is none to go back to; promote one"
                        .formatted(first));
    }

    @Test
    void promotingWhatIsInServiceKeepsTheWayBack() throws Exception {
        Version first = publish(1);
        Version second = publish(2);
        releases.promote(first);
        Pointer moved = releases.promote(second);

        assertThat(releases.promote(second)).isEqualTo(moved);
        assertThat(releases.current().orElseThrow().value()).isEqualTo(moved);
    }

    @Test
    void promotionInPlaceOfAVersionThatIsNotInServiceIsRefused() throws Exception {
        Version first = publish(1);
        Version second = publish(2);
        Version third = publish(3);
        releases.promote(second, Optional.empty());

        assertThatThrownBy(() -> releases.promote(third, Optional.of(first)))
                .isInstanceOf(PromotionConflictException.class)
                .hasMessageContainingAll(
                        third + " was to replace " + first, second + " is in service");
        assertThatThrownBy(() -> releases.promote(third, Optional.empty()))
                .isInstanceOf(PromotionConflictException.class)
                .hasMessageContaining("was to replace none");
        releases.promote(third, Optional.of(second));
    }

    @Test
    void aVersionThatWasNeverPublishedIsNotPromoted() throws Exception {
        Version never = Version.parse("20261122T145400Z-1a2b3c4d");

        assertThatThrownBy(() -> releases.promote(never))
                .isInstanceOf(ReleaseNotFoundException.class)
                .hasMessage("memory: holds no version 20261122T145400Z-1a2b3c4d of animals that was published to the"
                        + " end; list its versions");
        assertThat(releases.current()).isEmpty();
    }

    @Test
    void pollingShowsAMoveOnce() throws Exception {
        Version first = publish(1);
        Version second = publish(2);
        releases.promote(first);
        String tag = releases.current().orElseThrow().tag();

        assertThat(releases.currentIfChanged(tag)).isEmpty();
        releases.promote(second);

        Tagged<Pointer> moved = releases.currentIfChanged(tag).orElseThrow();
        assertThat(moved.value().version()).isEqualTo(second);
        assertThat(releases.currentIfChanged(moved.tag())).isEmpty();
    }

    @Test
    void releasesOfOtherNamesAreOthers() throws Exception {
        Version version = publish(1);
        Releases others = new Releases(store, "animals-2", ReleaseFixtures.clock(NOON));

        assertThat(others.versions()).isEmpty();
        assertThatThrownBy(() -> others.promote(version)).isInstanceOf(ReleaseNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "-a", "_a", "a/b", "a b", "ä", "a\n"})
    void aNameThatBreaksTheRuleIsRefused(String name) {
        assertThatThrownBy(() -> new Releases(store, name, Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("\"" + name + "\"", "up to 64");
    }
}
