package org.scibert.infra.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * Which model answers, and how it is followed.
 *
 * @param name in the store: {@code models/NAME/releases/VERSION/} and {@code models/NAME/current.json}
 * @param version pins one release; empty follows the pointer
 * @param refresh how often a running function looks at the pointer; empty never. A minute costs 1,440 small requests a
 *     day and instance, and is how long a promotion takes to reach everyone
 * @param publicKey of those whose releases are served, Ed25519 in X.509 as base64, several with commas between them;
 *     empty asks for no signature
 */
public record ModelConfig(
        String name, Optional<String> version, Optional<Duration> refresh, Optional<String> publicKey) {
    // What precedes the 32 bytes of an Ed25519 key is the same in all.
    private static final String KEY = "MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    public ModelConfig {
        Check.form("model.name", name, "[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "scibert");
        version.ifPresent(v -> Check.form("model.version", v, "\\d{8}T\\d{6}Z-[0-9a-f]{8}",
                "20261122T145400Z-1a2b3c4d"));
        refresh.ifPresent(r -> Check.range("model.refresh in seconds", r.toSeconds(), 10, 86_400));
        publicKey.ifPresent(keys -> Check.form("model.public-key", keys, KEY + "(," + KEY + ")*",
                "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="));
        Check.that(version.isEmpty() || refresh.isEmpty(),
                "model.version pins %s and model.refresh is %s: a pinned function never looks at the pointer; "
                        + "remove one of them", version.orElse(""), refresh.orElse(MINUTE));
    }

    static ModelConfig of(Settings settings) {
        Optional<String> version = settings.text("model.version");
        Optional<Duration> refresh = settings.text("model.refresh").map(ModelConfig::duration);
        return new ModelConfig(settings.text("model.name").orElse("scibert"), version,
                version.isPresent() ? refresh : Optional.of(refresh.orElse(MINUTE)),
                settings.text("model.public-key"));
    }

    private static Duration duration(String value) {
        try {
            return Duration.parse(value);
        } catch (DateTimeParseException e) {
            throw new ConfigException(String.format(Locale.ROOT, "model.refresh is \"%s\"; write it like PT1M", value));
        }
    }
}
