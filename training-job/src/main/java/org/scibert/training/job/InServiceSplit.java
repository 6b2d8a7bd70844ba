package org.scibert.training.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.scibert.io.TemporaryFolder;
import org.scibert.release.Manifest;
import org.scibert.release.Releases;
import org.scibert.training.split.SplitRecord;

/** The split that the version in service was trained with. */
final class InServiceSplit {
    private InServiceSplit() {}

    /**
     * Reads it from the store.
     *
     * @return empty if none is in service, or the one that is was trained on files of their own
     */
    static Optional<SplitRecord> read(Releases releases) throws IOException {
        var current = releases.current();
        if (current.isEmpty()) {
            return Optional.empty();
        }
        Manifest manifest = releases.manifest(current.get().value().version());
        if (!manifest.files().containsKey(SplitRecord.FILE)) {
            return Optional.empty();
        }
        try (TemporaryFolder folder = TemporaryFolder.create("split")) {
            Path file = folder.path().resolve(SplitRecord.FILE);
            Files.write(file, releases.read(manifest, SplitRecord.FILE));
            return Optional.of(SplitRecord.read(file));
        }
    }
}
