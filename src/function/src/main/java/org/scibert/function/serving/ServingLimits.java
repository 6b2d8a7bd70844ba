package org.scibert.function.serving;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.scibert.function.settings.Setting;
import org.scibert.function.settings.StartFailure;

/**
 * How much work the function takes on at a time. Each is an environment variable, LIMITS_CONCURRENT_REQUESTS first.
 *
 * @param concurrentRequests in work at a time, those included whose texts wait for the network; each holds its body in
 *     memory. Fewer than the HTTP server has threads, so that there is one for who is to be refused
 * @param deadline longest time that a request may wait and be worked on; looked at before each forward pass
 * @param explainDeadline the same for explanations, which take as long as hundreds of classifications
 * @param concurrentExplanations requests for explanations worked on at a time, so that classifying goes on beside them
 */
@Singleton
public record ServingLimits(
        int concurrentRequests, Duration deadline, Duration explainDeadline, int concurrentExplanations) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    @Inject
    public ServingLimits(Config config) {
        this(
                Setting.of(config, "limits.concurrent-requests").integer(1, 1024).orElse(64),
                deadline(Setting.of(config, "limits.deadline")),
                explainDeadline(Setting.of(config, "limits.explain-deadline")),
                Setting.of(config, "limits.concurrent-explanations").integer(1, 1024).orElse(1));
        if (Setting.of(config, "limits.queued-requests").text().isPresent()) {
            throw StartFailure.of("LIMITS_QUEUED_REQUESTS is no setting any more; QUEUE_TEXTS bounds the texts that"
                    + " wait, and LIMITS_CONCURRENT_REQUESTS the requests that are in work or wait; set these, and"
                    + " unset it");
        }
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
