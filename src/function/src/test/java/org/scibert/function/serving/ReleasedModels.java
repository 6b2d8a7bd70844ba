package org.scibert.function.serving;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.scibert.classifier.PrecisionChoice;
import org.scibert.function.TinyStore;
import org.scibert.release.LocalRelease;
import org.scibert.release.Releases;
import org.scibert.signing.Signatures;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;

/** Models as they are opened from a store. */
final class ReleasedModels {
    private ReleasedModels() {}

    /**
     * Publishes a release and opens it.
     *
     * @param files of the release
     * @param folder for the store, and for the files that are brought from it
     */
    static Model publishAndOpen(Path files, Path folder) throws Exception {
        String uri = "file:" + folder.resolve("store");
        TinyStore.publish(uri, files, Signatures.NONE);
        try (ObjectStore store = ObjectStores.open(uri, Map.of())) {
            LocalRelease release = new Releases(store, TinyStore.NAME, Clock.systemUTC())
                    .open(Optional.empty(), folder.resolve("cache"), PrecisionChoice.AS_RELEASED::weights);
            return ReleasedModel.open(release, PrecisionChoice.AS_RELEASED);
        }
    }
}
