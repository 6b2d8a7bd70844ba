package org.scibert.function.keys;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.scibert.function.settings.Setting;
import org.scibert.function.settings.StartFailure;

/**
 * Which keys callers must show. Each is an environment variable, API_KEYS first.
 *
 * @param keys {@code NAME:DIGEST} with commas or line ends between them, {@code file:PATH} or
 *     {@code secretsmanager:NAME} of the same; without it, nobody is asked for a key
 * @param textsPerMinute texts that a key's holder may have worked on; a whole minute's may come at once. No limit
 *     unless given
 * @param refresh how often a file or a secret is read again: as long as a revoked key may go on working
 */
@Singleton
public record KeySettings(Optional<String> keys, Optional<Integer> textsPerMinute, Duration refresh) {
    @Inject
    public KeySettings(Config config) {
        this(
                Setting.of(config, "api.keys").text(),
                Setting.of(config, "api.keys.texts-per-minute").integer(1, 1_000_000),
                Setting.of(config, "api.keys.refresh")
                        .duration(Duration.ofSeconds(1), Duration.ofDays(1))
                        .orElse(Duration.ofMinutes(1)));
        if (keys.isEmpty() && textsPerMinute.isPresent()) {
            throw StartFailure.of("API_KEYS_TEXTS_PER_MINUTE limits the holders of keys, and there are none; set"
                    + " API_KEYS, or unset it");
        }
    }
}
