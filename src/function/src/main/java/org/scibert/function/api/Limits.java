package org.scibert.function.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.scibert.function.settings.Setting;

/**
 * How large a request may be. Each is an environment variable, LIMITS_BODY_BYTES first.
 *
 * @param bodyBytes largest body, after gzip is undone; 32 texts of 20,000 characters don't fit all at once
 * @param texts most texts in a request; more would keep one caller's answer, and everyone's behind it, waiting
 * @param explainTexts most texts that are explained in one request: each takes as long as classifying some hundred
 * @param textLength longest text in code points; twenty times what a network of 512 tokens reads
 * @param bodyTimeout longest time that a body may take to arrive over HTTP: a client that stalls holds memory
 */
@Singleton
public record Limits(int bodyBytes, int texts, int explainTexts, int textLength, Duration bodyTimeout) {
    public static final int DEFAULT_BODY_BYTES = 1 << 20;

    @Inject
    public Limits(Config config) {
        this(
                bodyBytes(Setting.of(config, "limits.body-bytes")),
                Setting.of(config, "limits.texts").integer(1, 1024).orElse(32),
                Setting.of(config, "limits.explain-texts").integer(1, 1024).orElse(4),
                Setting.of(config, "limits.text-length").integer(1, 1_000_000).orElse(20_000),
                Setting.of(config, "limits.body-timeout")
                        .duration(Duration.ofSeconds(1), Duration.ofMinutes(10))
                        .orElse(Duration.ofSeconds(10)));
    }

    /** From 1 KiB, in which a text fits, to 64 MiB, ten times what Lambda lets through. */
    public static int bodyBytes(Setting setting) {
        return setting.integer(1 << 10, 64 << 20).orElse(DEFAULT_BODY_BYTES);
    }
}
