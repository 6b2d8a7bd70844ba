package org.scibert.signing;

import java.util.Map;
import java.util.Optional;

/**
 * Who signs releases and whose are trusted.
 *
 * @param key that publications are signed with; unsigned without one
 * @param trusted keys of which one must have signed whatever is opened or put in service; without them nothing is asked
 */
public record Signatures(Optional<SigningKey> key, Optional<TrustedKeys> trusted) {
    public static final Signatures NONE = new Signatures(Optional.empty(), Optional.empty());

    /** @throws IllegalArgumentException if what is published could not be opened */
    public Signatures {
        if (key.isPresent() && trusted.isPresent() && !trusted.get().has(key.get())) {
            throw new IllegalArgumentException("%s has the public key %s, which %s does not hold; give the two of a pair"
                    .formatted(SigningKey.SETTING, SigningKey.brief(key.get().id()), TrustedKeys.SETTING));
        }
    }

    /**
     * For those who open releases; they need no private key.
     *
     * @param environment with {@link TrustedKeys#SETTING}, or blank or without it
     */
    public static Signatures toRead(Map<String, String> environment) {
        return new Signatures(Optional.empty(), setting(environment, TrustedKeys.SETTING).map(TrustedKeys::parse));
    }

    /**
     * For those who publish.
     *
     * @param environment with {@link SigningKey#SETTING} too, or blank or without it
     * @throws IllegalArgumentException also if a signature is asked for, but there is no key to sign with
     */
    public static Signatures toPublish(Map<String, String> environment) {
        Optional<SigningKey> key = setting(environment, SigningKey.SETTING).map(SigningKey::parse);
        Optional<TrustedKeys> trusted = toRead(environment).trusted();
        if (trusted.isPresent() && key.isEmpty()) {
            throw new IllegalArgumentException("%s asks for signed releases, and %s is not set; set it, or leave both"
                    .formatted(TrustedKeys.SETTING, SigningKey.SETTING));
        }
        return new Signatures(key, trusted);
    }

    private static Optional<String> setting(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
