package org.scibert.training.cli;

import java.io.IOException;
import org.scibert.release.ReleaseNotFoundException;
import org.scibert.release.Releases;
import org.scibert.release.Version;
import org.scibert.store.ObjectStore;

/** A store that a command has opened, and the releases of one name in it. */
record OpenStore(ObjectStore objects, String name, Releases releases) implements AutoCloseable {
    /**
     * The version that was given, or the one in service.
     *
     * @param given null for none
     * @throws ReleaseNotFoundException if neither is
     */
    Version chosen(Version given) throws IOException {
        return given != null
                ? given
                : releases.current()
                        .orElseThrow(() -> new ReleaseNotFoundException(
                                "%s has no version in service; name one".formatted(name), null))
                        .value()
                        .version();
    }

    @Override
    public void close() {
        objects.close();
    }
}
