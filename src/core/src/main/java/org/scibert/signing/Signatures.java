package org.scibert.signing;

import java.util.Map;
import java.util.Optional;
import org.scibert.io.Environment;
import org.scibert.io.Text;

/**
 * The key that releases are signed with and the keys that are trusted.
 *
 * @param key that publications are signed with; without one they are unsigned
 * @param trusted keys of which one must have signed every release that is opened or put in service; without them, no
 *     signature is asked for
 */
public record Signatures(Optional<SigningKey> key, Optional<TrustedKeys> trusted) {
    public static final Signatures NONE = new Signatures(Optional.empty(), Optional.empty());

    /** @throws IllegalArgumentException if releases signed with the key would not be trusted */
    public Signatures {
        if (key.isPresent() && trusted.isPresent() && !trusted.get().has(key.get())) {
            throw new IllegalArgumentException(Text.format(
                    "%s has the public key %s, which %s does not hold; give the two of a pair",
                    SigningKey.SETTING, SigningKey.brief(key.get().id()), TrustedKeys.SETTING));
        }
    }

    /**
     * The settings of a program that opens releases; it needs no private key.
     *
     * @param environment perhaps with {@link TrustedKeys#SETTING}
     */
    public static Signatures toRead(Map<String, String> environment) {
        return new Signatures(
                Optional.empty(), Environment.setting(environment, TrustedKeys.SETTING).map(TrustedKeys::parse));
    }

    /**
     * The settings of a program that publishes releases.
     *
     * @param environment perhaps with {@link SigningKey#SETTING} and {@link TrustedKeys#SETTING}
     * @throws IllegalArgumentException also if signatures are asked for and there is no key to sign with
     */
    public static Signatures toPublish(Map<String, String> environment) {
        Optional<SigningKey> key = Environment.setting(environment, SigningKey.SETTING).map(SigningKey::parse);
        Optional<TrustedKeys> trusted = toRead(environment).trusted();
        if (trusted.isPresent() && key.isEmpty()) {
            throw new IllegalArgumentException(Text.format(
                    "%s asks for signed releases, and %s is not set; set it, or leave both",
                    TrustedKeys.SETTING, SigningKey.SETTING));
        }
        return new Signatures(key, trusted);
    }
}
