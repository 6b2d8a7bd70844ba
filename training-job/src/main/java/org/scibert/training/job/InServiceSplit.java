package org.scibert.training.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.scibert.io.TemporaryFolder;
import org.scibert.release.Manifest;
import org.scibert.release.ReleaseException;
import org.scibert.release.Releases;
import org.scibert.training.split.SplitRecord;

/** The split that the version in service was trained with. */
final class InServiceSplit {
    private InServiceSplit() {}

    /**
     * The split that a job's one file must keep to: no row that the version in service is compared on may be learned
     * from.
     *
     * @return empty if it has none, if it can't be read, which is noted, or if the job has no one file to split
     */
    static Optional<SplitRecord> of(JobConfig.Data data, Releases releases, JobListener listener) throws IOException {
        if (data.oneFile().isEmpty() || data.folds() != 0) {
            return Optional.empty();
        }
        try {
            return read(releases);
        } catch (ReleaseException e) {
            listener.noted(
                    "the split of the version in service can't be read, records are split anew: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<SplitRecord> read(Releases releases) throws IOException {
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
