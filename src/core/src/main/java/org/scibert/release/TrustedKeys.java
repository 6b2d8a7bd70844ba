package org.scibert.release;

import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The public keys, Ed25519, of those whose releases are served. Several at once let a key be replaced. */
public final class TrustedKeys {
    /** The setting that holds them. */
    public static final String SETTING = "MODEL_PUBLIC_KEY";

    private final Map<String, PublicKey> byId;

    private TrustedKeys(Map<String, PublicKey> byId) {
        this.byId = byId;
    }

    /**
     * Reads X.509 keys as {@code openssl pkey -pubout} writes them.
     *
     * @param value PEM blocks, their bare base64 with commas between them, or {@code file:PATH} of either
     * @throws IllegalArgumentException if it is anything else; the message says what
     */
    public static TrustedKeys parse(String value) {
        KeySetting setting = new KeySetting(SETTING, Pem.PUBLIC_KEY);
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        for (byte[] der : setting.read(value)) {
            try {
                PublicKey key = Ed25519.publicKey(der);
                keys.put(Ed25519.id(key), key);
            } catch (InvalidKeySpecException e) {
                throw setting.refusal("is not an Ed25519 public key in X.509");
            }
        }
        return new TrustedKeys(keys);
    }

    boolean has(SigningKey key) {
        return byId.containsKey(key.id());
    }

    /**
     * Checks whose signature it is, and that it is of these bytes.
     *
     * @param release whose manifest it is, for messages
     * @throws UntrustedReleaseException if it is not a trusted key's, or not of these bytes
     */
    void verify(byte[] manifest, ManifestSignature signature, String release) throws UntrustedReleaseException {
        PublicKey key = byId.get(signature.key());
        if (key == null) {
            throw new UntrustedReleaseException("%s is signed by the key %s, and %s trusts %s".formatted(
                    release,
                    ManifestSignature.brief(signature.key()),
                    SETTING,
                    byId.keySet().stream().map(ManifestSignature::brief).collect(Collectors.joining(" and "))));
        }
        if (!Ed25519.verifies(key, manifest, signature.signature())) {
            throw new UntrustedReleaseException(("the signature of %s does not fit its %s: one of the two was changed"
                    + " after the key %s signed").formatted(
                            release, Manifest.FILE, ManifestSignature.brief(signature.key())));
        }
    }
}
