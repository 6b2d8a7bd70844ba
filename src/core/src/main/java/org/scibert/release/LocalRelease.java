package org.scibert.release;

import java.nio.file.Path;
import org.scibert.io.Text;

/**
 * A verified release on the local disk.
 *
 * @param folder holds the manifest and its files, but of the weights perhaps only those chosen; belongs to the cache:
 *     read, don't write
 * @param manifest what was verified
 */
public record LocalRelease(Path folder, Manifest manifest) {

    /**
     * A file of the release.
     *
     * @throws ReleaseException if the manifest does not list it
     */
    public Path file(String path) throws ReleaseException {
        if (!manifest.files().containsKey(path)) {
            throw new ReleaseException(Text.format("%s %s has no file %s; it has %s",
                    manifest.name(), manifest.version(), path, manifest.files().keySet()));
        }
        return folder.resolve(path);
    }
}
