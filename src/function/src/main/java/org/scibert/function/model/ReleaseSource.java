package org.scibert.function.model;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.scibert.function.room.Model;
import org.scibert.release.LocalRelease;
import org.scibert.release.ObjectStore;
import org.scibert.release.ObjectStores;
import org.scibert.release.Releases;
import org.scibert.release.Version;

/** Opens the release that the settings name. */
@Singleton
public class ReleaseSource implements ModelSource {
    private static final String CACHE = "scibert-releases";

    private final ModelSettings settings;

    @Inject
    ReleaseSource(ModelSettings settings) {
        this.settings = settings;
    }

    @Override
    public Model open() throws IOException {
        String uri = required(settings.store(), "MODEL_STORE", "file:PATH or s3://BUCKET/PREFIX");
        String name = required(settings.name(), "MODEL_NAME", "the name that the training job published under");
        Optional<Version> version = settings.version().map(Version::parse);
        Path cache = settings.cache().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), CACHE));
        try (ObjectStore store = ObjectStores.open(uri, System.getenv())) {
            LocalRelease release = new Releases(store, name, Clock.systemUTC()).open(version, cache);
            return ReleasedModel.open(release);
        }
    }

    private static String required(Optional<String> value, String variable, String use) {
        return value.filter(v -> !v.isBlank())
                .orElseThrow(() -> new IllegalArgumentException("%s is not set; set it to %s".formatted(variable, use)));
    }
}
