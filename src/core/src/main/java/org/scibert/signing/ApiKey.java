package org.scibert.signing;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.scibert.io.Sha256;
import org.scibert.io.Text;

/**
 * A caller's key as those know it who check it: a name, and the SHA-256 of the key. No message and no text of this
 * record holds a key; a digest is no secret, since nobody finds 256 random bits from it.
 *
 * @param name of whoever has the key: 1 to 64 letters, digits, dots, hyphens and underscores
 * @param sha256 64 hexadecimal digits, in lower case
 */
public record ApiKey(String name, String sha256) {
    /** What every key begins with, for scanners that look for secrets: {@code scibert_[0-9a-f]{64}}. */
    public static final String PREFIX = "scibert_";

    private static final int KEY_BYTES = 32;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException if the name or the digest is of another form; it repeats neither */
    public ApiKey {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "has a name that is not 1 to 64 letters, digits, dots, hyphens and underscores");
        }
        if (sha256.startsWith(PREFIX)) {
            throw new IllegalArgumentException("holds a key where its digest belongs; make another with training-job"
                    + " keys new NAME, as this one may have been read, and put its digest here");
        }
        if (!DIGEST.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "has a digest that is not 64 hexadecimal digits, which training-job keys new NAME prints");
        }
    }

    /** Returns a new key, which its holder shows and nobody else keeps. */
    public static String generate(SecureRandom random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return PREFIX + HexFormat.of().formatHex(bytes);
    }

    /** The digest of a key under its holder's name. */
    public static ApiKey of(String name, String key) {
        return new ApiKey(name, Sha256.hex(key.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Reads {@code NAME:DIGEST}.
     *
     * @throws IllegalArgumentException if it is anything else; the message goes on from "entry 2" and repeats nothing
     */
    public static ApiKey parse(String entry) {
        int colon = entry.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("is not NAME:DIGEST");
        }
        return new ApiKey(
                entry.substring(0, colon).strip(), entry.substring(colon + 1).strip().toLowerCase(Locale.ROOT));
    }

    /** The same as {@code NAME:DIGEST}. */
    public String entry() {
        return Text.format("%s:%s", name, sha256);
    }
}
