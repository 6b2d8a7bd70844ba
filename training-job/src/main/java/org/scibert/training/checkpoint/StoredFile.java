package org.scibert.training.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import org.scibert.io.FileDigest;
import org.scibert.io.Text;
import org.scibert.store.ObjectChangedException;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectNotFoundException;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectTooLargeException;

/**
 * A file of a checkpoint in the store.
 *
 * @param name under the run's folder
 * @param digest of its content
 */
record StoredFile(String name, FileDigest digest) {
    StoredFile {
        if (name == null || digest == null) {
            throw new IllegalArgumentException("a file of a checkpoint lacks its name or digest");
        }
    }

    /** Writes the file to the store and replaces one that a run left there before it died. */
    static StoredFile write(ObjectStore store, ObjectKey run, String name, Path content) throws IOException {
        ObjectKey key = run.resolve(name);
        store.delete(key);
        store.create(key, content);
        return new StoredFile(name, FileDigest.of(content));
    }

    /**
     * Downloads and verifies the file.
     *
     * @throws CorruptCheckpointException if it is missing or differs from what was written
     */
    void read(ObjectStore store, ObjectKey run, Path target) throws IOException {
        try {
            store.download(run.resolve(name), target, digest.size());
        } catch (ObjectNotFoundException | ObjectTooLargeException | ObjectChangedException e) {
            throw new CorruptCheckpointException(e.getMessage(), e);
        }
        FileDigest found = FileDigest.of(target);
        if (!found.equals(digest)) {
            throw new CorruptCheckpointException(Text.format(
                    "%s has %s bytes with SHA-256 %s, its index says %s with %s",
                    name, found.size(), found.sha256(), digest.size(), digest.sha256()), null);
        }
    }
}
