package org.scibert.signing;

import org.scibert.io.Sha256;
import org.scibert.io.Text;

/**
 * A signature in a file of its own, beside the file that it signs.
 *
 * @param algorithm {@link Ed25519#NAME}
 * @param key the SHA-256 of the public key's DER bytes, so that another's signature can be told from a broken one
 * @param signature 64 bytes; base64 in JSON
 */
public record DetachedSignature(String algorithm, String key, byte[] signature) {
    public DetachedSignature {
        if (!Ed25519.NAME.equals(algorithm)) {
            throw new IllegalArgumentException(Text.format("algorithm is %s, this program knows %s",
                    algorithm, Ed25519.NAME));
        }
        Sha256.require("key", key);
        if (signature == null) {
            throw new IllegalArgumentException("signature is missing");
        }
    }
}
