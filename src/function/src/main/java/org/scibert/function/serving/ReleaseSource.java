package org.scibert.function.serving;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.scibert.classifier.PrecisionChoice;
import org.scibert.io.Text;
import org.scibert.network.Threads;
import org.scibert.release.CorruptReleaseException;
import org.scibert.release.LocalRelease;
import org.scibert.release.Pointer;
import org.scibert.release.Releases;
import org.scibert.release.UntrustedReleaseException;
import org.scibert.release.Version;
import org.scibert.signing.Signatures;
import org.scibert.signing.TrustedKeys;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import org.scibert.store.Tagged;

/** Opens the release that the settings name, and follows the pointer unless they name a version. */
@Singleton
public class ReleaseSource implements ModelSource {
    private static final String CACHE = "scibert-releases";

    private final ModelSettings settings;
    private ObjectStore store;
    private Releases releases;
    /** The pointer's, as last seen; null where it is not followed. */
    private String tag;

    @Inject
    ReleaseSource(ModelSettings settings) {
        this.settings = settings;
    }

    @Override
    public Model open(LoadTimes times) throws IOException {
        String uri = required(settings.store(), "MODEL_STORE", "file:PATH or s3://BUCKET/PREFIX");
        String name = required(settings.name(), "MODEL_NAME", "the name that the training job published under");
        Optional<Version> pinned = settings.version().map(Version::parse);
        Signatures signatures = new Signatures(Optional.empty(), settings.publicKey().map(TrustedKeys::parse));
        store = ObjectStores.open(uri, System.getenv());
        releases = new Releases(store, name, Clock.systemUTC(), signatures);
        if (pinned.isEmpty()) {
            // Read before the release: should the pointer move in between, that is seen next time.
            tag = releases.current().map(Tagged::tag).orElse(null);
        }
        return open(pinned, times);
    }

    @Override
    public Optional<Model> openIfReplaced(LoadTimes times, Runnable beforeOpening) throws IOException {
        Optional<Tagged<Pointer>> moved = tag == null ? Optional.empty() : releases.currentIfChanged(tag);
        if (moved.isEmpty()) {
            return Optional.empty();
        }
        beforeOpening.run();
        try {
            Model model = open(Optional.empty(), times);
            tag = moved.get().tag();
            return Optional.of(model);
        } catch (CorruptReleaseException | UntrustedReleaseException e) {
            // It stays what it is: wait for the pointer to move on.
            tag = moved.get().tag();
            throw e;
        }
    }

    @PreDestroy
    void close() {
        if (store != null) {
            store.close();
        }
    }

    private Model open(Optional<Version> version, LoadTimes times) throws IOException {
        PrecisionChoice choice = precision();
        // libtorch is read from disk while the release comes over the network. Should it fail, the model says why.
        CompletableFuture.runAsync(() -> Threads.use(1));
        LocalRelease release = releases.open(version, cache(), choice::weights);
        times.end(LoadTimes.Step.DOWNLOAD);
        return ReleasedModel.open(release, choice, times);
    }

    /** The releases, once {@link #open} has been called. */
    Releases releases() {
        return releases;
    }

    /** Whether the version in service is the store's, and not one that the settings name. */
    boolean followsPointer() {
        return settings.version().isEmpty();
    }

    /** The folder to which releases are brought. */
    Path cache() {
        return settings.cache().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), CACHE));
    }

    PrecisionChoice precision() {
        return PrecisionChoice.parse(settings.precision());
    }

    private static String required(Optional<String> value, String variable, String use) {
        return value.orElseThrow(
                () -> new IllegalArgumentException(Text.format("%s is not set; set it to %s", variable, use)));
    }
}
