package org.scibert.signing;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.List;
import org.scibert.io.Text;

/** An Ed25519 key pair that manifests are signed with. No message holds the private key. */
public final class SigningKey {
    /** The setting that holds the private key. */
    public static final String SETTING = "SIGNING_KEY";
    private static final int SHOWN_DIGITS = 16;

    private final PrivateKey key;
    private final PublicKey publicKey;

    private SigningKey(PrivateKey key, PublicKey publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /** Generates a new key pair. */
    public static SigningKey generate() {
        KeyPair pair = Ed25519.generate();
        return new SigningKey(pair.getPrivate(), pair.getPublic());
    }

    /**
     * Reads a PKCS#8 key as {@code openssl genpkey -algorithm ed25519} writes it.
     *
     * @param value PEM, or {@code file:PATH} of it
     * @throws IllegalArgumentException if it is anything else; the message says what
     */
    public static SigningKey parse(String value) {
        KeySetting setting = new KeySetting(SETTING, Pem.PRIVATE_KEY);
        List<byte[]> keys = setting.read(value);
        if (keys.size() != 1) {
            throw setting.refusal(Text.format("holds %s keys, one is needed", keys.size()));
        }
        try {
            PrivateKey key = Ed25519.privateKey(keys.get(0));
            return new SigningKey(key, Ed25519.publicKey(key));
        } catch (InvalidKeySpecException e) {
            throw setting.refusal("is not an Ed25519 private key in PKCS#8");
        }
    }

    /** The public key's SHA-256, by which signatures name their key. */
    public String id() {
        return Ed25519.id(publicKey);
    }

    /** The private key in PKCS#8 as PEM; keep it secret. */
    public String privatePem() {
        return new Pem(Pem.PRIVATE_KEY, key.getEncoded()).toString();
    }

    /** The public key in X.509 as PEM, for programs that verify. */
    public String publicPem() {
        return new Pem(Pem.PUBLIC_KEY, publicKey.getEncoded()).toString();
    }

    /** Signs bytes. */
    public DetachedSignature sign(byte[] bytes) {
        return new DetachedSignature(Ed25519.NAME, id(), Ed25519.sign(key, bytes));
    }

    /** The first digits of a key's SHA-256, enough for people to tell keys apart. */
    static String brief(String id) {
        return id.substring(0, SHOWN_DIGITS);
    }
}
