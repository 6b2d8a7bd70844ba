package org.scibert.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a file must be.
 *
 * @param size bytes
 * @param sha256 of the content, 64 lower-case hexadecimal digits
 */
public record FileDigest(long size, String sha256) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER = 256 << 10;

    public FileDigest {
        if (size < 0) {
            throw new IllegalArgumentException("a file's size must be at least 0, is " + size);
        }
        requireSha256("a file's digest", sha256);
    }

    public static FileDigest of(Path file) throws IOException {
        MessageDigest digest = newSha256();
        long size = 0;
        try (InputStream content = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int n; (n = content.read(buffer)) >= 0; size += n) {
                digest.update(buffer, 0, n);
            }
        }
        return new FileDigest(size, HexFormat.of().formatHex(digest.digest()));
    }

    public static FileDigest of(byte[] content) {
        return new FileDigest(content.length, HexFormat.of().formatHex(newSha256().digest(content)));
    }

    public static String requireSha256(String what, String value) {
        if (value == null || !SHA256.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "%s is \"%s\"; a SHA-256 has 64 hexadecimal digits in lower case".formatted(what, value));
        }
        return value;
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this is a bug: every Java platform has SHA-256", e);
        }
    }
}
