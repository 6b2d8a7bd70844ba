package org.scibert.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The size and the digest of a file's content.
 *
 * @param size bytes
 * @param sha256 of the content, 64 lower-case hexadecimal digits
 */
public record FileDigest(long size, String sha256) {
    private static final int BUFFER = 256 << 10;

    public FileDigest {
        if (size < 0) {
            throw new IllegalArgumentException("a file's size must be at least 0, is " + size);
        }
        Sha256.require("a file's digest", sha256);
    }

    /** Reads the whole file once. */
    public static FileDigest of(Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        long size = 0;
        try (InputStream content = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int n; (n = content.read(buffer)) >= 0; size += n) {
                digest.update(buffer, 0, n);
            }
        }
        return new FileDigest(size, HexFormat.of().formatHex(digest.digest()));
    }

    /** The digest of a file that holds these bytes. */
    public static FileDigest of(byte[] content) {
        return new FileDigest(content.length, Sha256.hex(content));
    }
}
