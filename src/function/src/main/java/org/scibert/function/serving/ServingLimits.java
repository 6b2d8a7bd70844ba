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
 * @param explainDeadline the same for explanations, which take as long as hundreds of classifications
 * @param concurrentExplanations requests for explanations worked on at a time, so that classifying goes on beside them
 */
@Singleton
public record ServingLimits(
        int concurrentRequests,
        int queuedRequests,
        Duration deadline,
        Duration explainDeadline,
        int concurrentExplanations) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    @Inject
    public ServingLimits(Config config) {
        this(
                Setting.of(config, "limits.concurrent-requests")
                        .integer(1, 1024)
                        .orElseGet(() -> 2 * Runtime.getRuntime().availableProcessors()),
                Setting.of(config, "limits.queued-requests").integer(0, 10_000).orElse(16),
                deadline(Setting.of(config, "limits.deadline")),
                explainDeadline(Setting.of(config, "limits.explain-deadline")),
                Setting.of(config, "limits.concurrent-explanations").integer(1, 1024).orElse(1));
    }

    /** Up to the longest time that a Lambda may run. */
    public static Duration deadline(Setting setting) {
        return setting.duration(SHORTEST, LONGEST).orElse(Duration.ofSeconds(20));
    }

    /** The same for explanations. */
    public static Duration explainDeadline(Setting setting) {
        return setting.duration(SHORTEST, LONGEST).orElse(Duration.ofSeconds(60));
    }
}
