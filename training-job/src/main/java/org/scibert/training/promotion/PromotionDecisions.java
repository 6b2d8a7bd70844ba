package org.scibert.training.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import org.scibert.io.Json;
import org.scibert.release.Version;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectNotFoundException;
import org.scibert.store.ObjectStore;

/** The stored promotion decisions of a model's versions, beside its releases, whose folders never change. */
public final class PromotionDecisions {
    private final ObjectStore store;
    private final ObjectKey folder;

    /** @param store stays the caller's to close */
    public PromotionDecisions(ObjectStore store, String name) {
        this.store = store;
        this.folder = new ObjectKey(name).resolve("decisions");
    }

    /** Stores a decision, once for each version. */
    void keep(PromotionDecision decision) throws IOException {
        store.create(key(decision.version()), Json.write(decision));
    }

    /**
     * Returns the JSON of a {@link PromotionDecision}; empty if none was taken on this version, as with one put in
     * service by hand.
     */
    public Optional<JsonNode> of(Version version) throws IOException {
        try {
            return Optional.of(Json.MAPPER.readTree(store.read(key(version)).value()));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
    }

    private ObjectKey key(Version version) {
        return folder.resolve(version + ".json");
    }
}
