package org.scibert.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scibert.io.TemporaryFolder;

/** Reads every byte of a release again and compares it with what was published. */
final class ReleaseAudit {
    private final PublishedVersions published;

    ReleaseAudit(PublishedVersions published) {
        this.published = published;
    }

    /** What is wrong with the release, a sentence each; none if it is whole. */
    List<String> flaws(Version version) throws IOException {
        List<String> flaws = new ArrayList<>();
        byte[] bytes = published.untrusted(version);
        try {
            published.manifestBytes(version);
        } catch (UntrustedReleaseException e) {
            flaws.add(e.reason());
        }
        try {
            files(published.parse(version, bytes), flaws);
        } catch (CorruptReleaseException e) {
            flaws.add(e.difference());
        }
        return flaws;
    }

    private void files(Manifest manifest, List<String> flaws) throws IOException {
        try (TemporaryFolder temporary = TemporaryFolder.create("audit")) {
            Path copy = temporary.path().resolve("copy");
            for (String path : manifest.files().keySet()) {
                try {
                    published.fetch(manifest, path, copy);
                    manifest.verify(copy, path);
                } catch (CorruptReleaseException e) {
                    flaws.add(e.difference());
                }
            }
        }
    }
}
