package org.scibert.release;

import com.fasterxml.jackson.core.JsonProcessingException;

/**
 * Who published a release: {@code manifest.sig}, over exactly the manifest's bytes, which hold every file's digest.
 *
 * @param algorithm {@link Ed25519#NAME}
 * @param key the SHA-256 of the public key's DER bytes, so that another's signature can be told from a broken one
 * @param signature 64 bytes; base64 in JSON
 */
record ManifestSignature(String algorithm, String key, byte[] signature) {
    private static final int SHOWN_DIGITS = 16;

    ManifestSignature {
        if (!Ed25519.NAME.equals(algorithm)) {
            throw new IllegalArgumentException("algorithm is %s, this program knows %s".formatted(algorithm, Ed25519.NAME));
        }
        FileDigest.requireSha256("key", key);
        if (signature == null) {
            throw new IllegalArgumentException("signature is missing");
        }
    }

    /** @throws UntrustedReleaseException if the bytes are not a signature's */
    static ManifestSignature parse(byte[] json, String source) throws UntrustedReleaseException {
        try {
            return ReleaseJson.read(json, ManifestSignature.class);
        } catch (JsonProcessingException e) {
            throw new UntrustedReleaseException("%s is not a signature: %s".formatted(source, ReleaseJson.explain(e)));
        }
    }

    byte[] toBytes() {
        return ReleaseJson.write(this);
    }

    /** Enough of a key's SHA-256 for people. */
    static String brief(String key) {
        return key.substring(0, SHOWN_DIGITS);
    }
}
