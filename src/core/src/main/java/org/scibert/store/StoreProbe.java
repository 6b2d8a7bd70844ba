package org.scibert.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.scibert.io.Text;

/** The steps of {@link ObjectStore#probe} that all stores have in common. */
final class StoreProbe {
    private static final byte[] OTHER_CONTENT = {0};

    private StoreProbe() {}

    /** @param content the file to write, of the size and in the way of a release's weights */
    static void run(ObjectStore store, ObjectKey folder, Path content) throws IOException {
        ObjectKey key = folder.resolve("probe-" + UUID.randomUUID());
        store.create(key, content);
        try {
            requireNoOverwriting(store, key);
            requireNoBlindSwap(store, key);
        } finally {
            store.delete(key);
        }
    }

    private static void requireNoOverwriting(ObjectStore store, ObjectKey key) throws IOException {
        try {
            store.create(key, OTHER_CONTENT);
        } catch (ObjectExistsException e) {
            return;
        }
        throw unconditional(store, key, "If-None-Match");
    }

    private static void requireNoBlindSwap(ObjectStore store, ObjectKey key) throws IOException {
        try {
            store.swap(key, OTHER_CONTENT, Optional.of("\"no-tag-of-this-object\""));
        } catch (ObjectChangedException e) {
            return;
        }
        throw unconditional(store, key, "If-Match");
    }

    private static StoreRefusedException unconditional(ObjectStore store, ObjectKey key, String header) {
        return new StoreRefusedException(store.uri(), key, Text.format(
                "the server ignores %s on writes, so a release could be",
                header) + " overwritten; use a server that honours conditional writes", null);
    }
}
