package org.scibert.release;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scibert.signing.Signatures;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectStore;

/** Which versions stay, and the end of the others. */
public final class Retention {
    private final ObjectStore store;
    private final Releases releases;
    private final PublishedReleases published;

    /** @param name as {@link Releases} has it; {@code store} stays the caller's to close */
    public Retention(ObjectStore store, String name, Releases releases) {
        this.store = store;
        this.releases = releases;
        this.published = new PublishedReleases(store, ReleaseName.require(name), Signatures.NONE);
    }

    /**
     * What may be deleted, oldest first: all but the newest, the one in service and the one before it.
     *
     * @param keep how many of the newest stay, at least 1
     */
    public List<Version> surplus(int keep) throws IOException {
        if (keep < 1) {
            throw new IllegalArgumentException("at least 1 version must be kept, not " + keep);
        }
        List<Version> all = releases.versions();
        Set<Version> needed = needed();
        return all.subList(0, Math.max(0, all.size() - keep)).stream()
                .filter(version -> !needed.contains(version))
                .toList();
    }

    /**
     * Deletes a version for ever, its manifest first, so that it is at no moment half there. Not to be done while
     * somebody promotes this very version: the pointer would be left without what it points to.
     *
     * @throws ReleaseException if it is in service or is the one to go back to
     */
    public void delete(Version version) throws IOException {
        if (needed().contains(version)) {
            throw new ReleaseException("%s is in service, or was before and is the way back; it stays"
                    .formatted(version));
        }
        store.delete(published.key(version, Manifest.FILE));
        for (ObjectKey key : store.list(published.folder(version))) {
            store.delete(key);
        }
    }

    /** In service, and before. */
    private Set<Version> needed() throws IOException {
        return releases.current().stream()
                .flatMap(current -> Stream.of(current.value().version(), current.value().previous()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
