package org.scibert.signing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.scibert.io.FileDigest;

/**
 * Ed25519 as the JDK offers it: keys from their DER bytes, signing, verifying.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032">RFC 8032</a>
 */
final class Ed25519 {
    static final String NAME = "Ed25519";

    private Ed25519() {}

    static KeyPair generate() {
        return generate(new SecureRandom());
    }

    /** @param pkcs8 DER */
    static PrivateKey privateKey(byte[] pkcs8) throws InvalidKeySpecException {
        return factory().generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /** @param x509 DER */
    static PublicKey publicKey(byte[] x509) throws InvalidKeySpecException {
        return factory().generatePublic(new X509EncodedKeySpec(x509));
    }

    /** A public key's identity: the SHA-256 of its DER bytes. */
    static String id(PublicKey key) {
        return FileDigest.of(key.getEncoded()).sha256();
    }

    /**
     * The public key of a private key. The JDK has no call for it, but makes a pair from 32 random bytes, which are the
     * private key: here it is given the private key in place of random bytes. Signing shows whether the two belong
     * together.
     */
    static PublicKey publicKey(PrivateKey key) {
        byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow();
        PublicKey found = generate(new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        }).getPublic();
        if (!verifies(found, seed, sign(key, seed))) {
            throw new IllegalStateException("this is a bug: this JDK makes Ed25519 pairs in another way");
        }
        return found;
    }

    /** @return 64 bytes */
    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static boolean verifies(PublicKey key, byte[] message, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false; // not 64 bytes, or not a point of the curve
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
            generator.initialize(NamedParameterSpec.ED25519, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static KeyFactory factory() {
        try {
            return KeyFactory.getInstance(NAME);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("this is a bug: every JDK from 15 on has Ed25519", e);
    }
}
