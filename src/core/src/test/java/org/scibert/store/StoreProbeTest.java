package org.scibert.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreProbeTest {
    private static final ObjectKey FOLDER = new ObjectKey("animals/checkpoints");

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();

    private void probe(ObjectStore probed) throws IOException {
        StoreProbe.run(probed, FOLDER, Files.write(folder.resolve("content"), new byte[10]));
    }

    @Test
    void aServerThatOverwritesIsRefused() throws Exception {
        ObjectStore careless = new ForwardingStore(store) {
            @Override
            public void create(ObjectKey key, byte[] content) {
                store.tamper(key, content);
            }
        };

        assertThatThrownBy(() -> probe(careless))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("the server ignores If-None-Match on writes");
        assertThat(store.list(FOLDER)).isEmpty();
    }

    @Test
    void aServerThatSwapsBlindlyIsRefused() throws Exception {
        ObjectStore careless = new ForwardingStore(store) {
            @Override
            public void swap(ObjectKey key, byte[] content, Optional<String> expected) {
                store.tamper(key, content);
            }
        };

        assertThatThrownBy(() -> probe(careless))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("the server ignores If-Match on writes");
        assertThat(store.list(FOLDER)).isEmpty();
    }

    @Test
    void aStoreThatIsAwayIsSaidAsThat() {
        assertThatThrownBy(() -> probe(new FailingStore(store, 0, FailingStore.Moment.BEFORE_EFFECT)))
                .isInstanceOf(StoreUnavailableException.class);
    }
}
