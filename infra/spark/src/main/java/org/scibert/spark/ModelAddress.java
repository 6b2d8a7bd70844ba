package org.scibert.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.PrecisionChoice;
import org.scibert.io.Text;
import org.scibert.release.LocalRelease;
import org.scibert.release.ReleaseException;
import org.scibert.release.Releases;
import org.scibert.release.Version;
import org.scibert.signing.Signatures;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import org.scibert.store.PatientStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one release is; the driver sends it to the executors.
 *
 * @param store {@code file:PATH}, which every executor must see, or {@code s3://BUCKET/PREFIX}
 * @param name the model's name in the store
 * @param version one publication; all of a run is done with it, whatever is promoted meanwhile
 */
public record ModelAddress(String store, String name, String version) implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelAddress.class);

    /** Names the version given, or the one that is in service now. */
    static ModelAddress resolve(String store, String name, Optional<String> version) throws IOException {
        if (version.isPresent()) {
            return new ModelAddress(store, name, Version.parse(version.get()).toString());
        }
        try (ObjectStore objects = ObjectStores.open(store, System.getenv())) {
            return releases(objects, name).current()
                    .map(current -> new ModelAddress(store, name, current.value().version().toString()))
                    .orElseThrow(() -> new ReleaseException(
                            Text.format("%s has no release in service in %s; promote one or name a version",
                                    name, store)));
        }
    }

    /**
     * Brings the release to this machine's disk, verifies it, its signature too where MODEL_PUBLIC_KEY is set, and
     * opens it in the precision that the function serves; the caller closes it. An outage of the store is waited for:
     * hundreds of executors that ask at once are told to slow down, and Spark gives a task up after four quick
     * failures.
     */
    Classifier open() throws IOException {
        Path cache = Path.of(System.getProperty("java.io.tmpdir"), "scibert-releases");
        try (ObjectStore objects = new PatientStore(ObjectStores.open(store, System.getenv()), LOG::warn)) {
            LocalRelease release = releases(objects, name)
                    .open(Optional.of(Version.parse(version)), cache, PrecisionChoice.AS_RELEASED::weights);
            return Classifier.open(release, PrecisionChoice.AS_RELEASED);
        }
    }

    private static Releases releases(ObjectStore objects, String name) {
        return new Releases(objects, name, Clock.systemUTC(), Signatures.toRead(System.getenv()));
    }
}
