package org.scibert.training.encoder;

/**
 * A file on the hub.
 *
 * @param name its path in the repository
 * @param commit that the revision stood for
 * @param etag names the content: SHA-256 for files in large file storage, the git blob's SHA-1 for others; empty if the
 *     server's tag is neither
 * @param bytes its size
 */
record HubFile(String name, String commit, String etag, long bytes) {
    HubFile {
        if (!etag.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
            etag = "";
        }
    }

    /** Whether the tag is the content's SHA-256. */
    boolean hasSha256() {
        return etag.length() == 64;
    }
}
