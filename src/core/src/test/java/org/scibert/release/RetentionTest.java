package org.scibert.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.store.ForwardingStore;
import org.scibert.store.MemoryStore;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectStore;
import org.scibert.store.StoreUnavailableException;

class RetentionTest {
    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private final Clock clock = ReleaseFixtures.clock(Instant.parse("2026-11-22T12:00:00Z"));
    private final Releases releases = new Releases(store, "animals", clock);
    private final List<Version> versions = new ArrayList<>();

    @BeforeEach
    void publishFive() throws IOException {
        for (int seed = 0; seed < 5; seed++) {
            Path source = ReleaseFixtures.folder(folder.resolve("source"), seed, 100);
            versions.add(releases.publish(source, ReleaseFixtures.provenance()).version());
        }
    }

    @Test
    void theNewestStayAndSoDoThoseInServiceAndBefore() throws Exception {
        assertThat(releases.surplus(2)).isEqualTo(versions.subList(0, 3));
        releases.promote(versions.get(0));
        releases.promote(versions.get(2));

        assertThat(releases.surplus(1)).containsExactly(versions.get(1), versions.get(3));
        assertThat(releases.surplus(4)).isEmpty();
        assertThat(releases.surplus(9)).isEmpty();
        assertThatThrownBy(() -> releases.surplus(0)).hasMessage("at least 1 version must be kept, not 0");
    }

    @Test
    void whatIsInServiceOrTheWayBackIsNotDeleted() throws Exception {
        releases.promote(versions.get(0));
        releases.promote(versions.get(2));

        for (int i : new int[] {0, 2}) {
            assertThatThrownBy(() -> releases.delete(versions.get(i)))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining(versions.get(i) + " is in service, or was before");
            assertThat(releases.audit(versions.get(i))).isEmpty();
        }
    }

    @Test
    void aDeletionThatDiesLeavesNothingThatLooksWhole() throws Exception {
        Version version = versions.get(0);
        List<ObjectKey> deleted = new ArrayList<>();
        ObjectStore dying = new ForwardingStore(store) {
            @Override
            public void delete(ObjectKey key) throws IOException {
                if (deleted.size() == 2) {
                    throw new StoreUnavailableException(uri(), key, "the test cut the line", null);
                }
                deleted.add(key);
                super.delete(key);
            }
        };

        assertThatThrownBy(() -> new Releases(dying, "animals", clock).delete(version))
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(deleted.get(0)).hasToString("animals/releases/" + version + "/manifest.json");
        assertThat(releases.versions()).isEqualTo(versions.subList(1, 5));
        assertThatThrownBy(() -> releases.open(Optional.of(version), folder.resolve("cache")))
                .isInstanceOf(ReleaseNotFoundException.class);
    }

    @Test
    void aDeletedVersionLeavesNoObject() throws Exception {
        releases.delete(versions.get(1));

        assertThat(store.list(new ObjectKey("animals/releases/" + versions.get(1)))).isEmpty();
        assertThat(releases.versions()).hasSize(4);
    }
}
