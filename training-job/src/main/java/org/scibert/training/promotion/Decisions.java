package org.scibert.training.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.scibert.release.Version;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectNotFoundException;
import org.scibert.store.ObjectStore;

/** The decisions on one name's versions, beside its releases, whose folders never change. */
public final class Decisions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectStore store;
    private final ObjectKey folder;

    /** @param store stays the caller's to close */
    public Decisions(ObjectStore store, String name) {
        this.store = store;
        this.folder = new ObjectKey(name).resolve("decisions");
    }

    /** Stores a decision, once for each version. */
    void keep(Decision decision) throws IOException {
        String json = JSON.valueToTree(decision).toPrettyString() + "\n";
        store.create(key(decision.version()), json.getBytes(StandardCharsets.UTF_8));
    }

    /** The JSON of a {@link Decision}; empty if none was taken on this version, as with one put in service by hand. */
    public Optional<JsonNode> of(Version version) throws IOException {
        try {
            return Optional.of(JSON.readTree(store.read(key(version)).value()));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
    }

    private ObjectKey key(Version version) {
        return folder.resolve(version + ".json");
    }
}
