package org.scibert.function.serving;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.scibert.function.settings.Setting;

/**
 * How much work the function takes on at a time. Each is an environment variable, LIMITS_CONCURRENT_REQUESTS first.
 *
 * @param concurrentRequests worked on at a time; two for each core unless given
 * @param queuedRequests that may wait for a thread; a short queue refuses early instead of answering when nobody listens
 * @param deadline longest time that a request may wait and be worked on; looked at between batches
 */
@Singleton
public record ServingLimits(int concurrentRequests, int queuedRequests, Duration deadline) {

    @Inject
    public ServingLimits(Config config) {
        this(
                Setting.of(config, "limits.concurrent-requests")
                        .integer(1, 1024)
                        .orElseGet(() -> 2 * Runtime.getRuntime().availableProcessors()),
                Setting.of(config, "limits.queued-requests").integer(0, 10_000).orElse(16),
                deadline(Setting.of(config, "limits.deadline")));
    }

    /** Up to the longest time that a Lambda may run. */
    public static Duration deadline(Setting setting) {
        return setting.duration(Duration.ofMillis(100), Duration.ofMinutes(15)).orElse(Duration.ofSeconds(20));
    }
}
