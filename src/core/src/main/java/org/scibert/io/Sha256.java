package org.scibert.io;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 digests, as text in 64 lower-case hexadecimal digits. */
public final class Sha256 {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private Sha256() {}

    /** The 32 bytes of the digest. */
    public static byte[] bytes(byte[] content) {
        return newDigest().digest(content);
    }

    /** The digest in hexadecimal digits. */
    public static String hex(byte[] content) {
        return HexFormat.of().formatHex(bytes(content));
    }

    /** The digest of a file's content in hexadecimal digits. */
    public static String hex(Path file) throws IOException {
        return FileDigest.of(file).sha256();
    }

    /**
     * Checks that a text is a digest.
     *
     * @param what the text is, for the message
     * @throws IllegalArgumentException if the text is not 64 lower-case hexadecimal digits
     */
    public static String require(String what, String value) {
        if (value == null || !HEX.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    Text.format("%s is \"%s\"; a SHA-256 has 64 hexadecimal digits in lower case", what, value));
        }
        return value;
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this is a bug: every Java platform has SHA-256", e);
        }
    }
}
