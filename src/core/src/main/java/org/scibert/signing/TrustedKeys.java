package org.scibert.signing;

import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.scibert.io.Text;

/** The Ed25519 public keys of trusted publishers. Several at once let a key be replaced. */
public final class TrustedKeys {
    /** The setting that holds the keys. */
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
     * Checks that a trusted key signed these bytes.
     *
     * @param signed what the bytes are, for messages, such as {@code "manifest.json of animals 20261101T…"}
     * @throws UntrustedSignatureException if another key signed them, or the signature belongs to other bytes
     */
    public void verify(byte[] bytes, DetachedSignature signature, String signed) throws UntrustedSignatureException {
        PublicKey key = byId.get(signature.key());
        if (key == null) {
            throw new UntrustedSignatureException(Text.format("%s is signed by the key %s, and %s trusts %s",
                    signed,
                    SigningKey.brief(signature.key()),
                    SETTING,
                    byId.keySet().stream().map(SigningKey::brief).collect(Collectors.joining(" and "))));
        }
        if (!Ed25519.verifies(key, bytes, signature.signature())) {
            throw new UntrustedSignatureException(Text.format(
                    "the signature of %s does not fit: one of the two was changed after"
                    + " the key %s signed",
                    signed, SigningKey.brief(signature.key())));
        }
    }
}
