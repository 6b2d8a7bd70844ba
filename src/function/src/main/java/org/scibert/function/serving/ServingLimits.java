package org.scibert.function.serving;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** How much work the function takes on at a time. Each is an environment variable, LIMITS_CONCURRENT_REQUESTS first. */
@ConfigMapping(prefix = "limits")
public interface ServingLimits {
    /** Requests that are worked on at a time; two for each core unless given. */
    OptionalInt concurrentRequests();

    /** Requests that may wait for a place. A short queue refuses early instead of answering when nobody listens. */
    @WithDefault("16")
    int queuedRequests();

    /** Longest time that a request may wait and be worked on; looked at between batches. */
    @WithDefault("20S")
    Duration deadline();

    /** Longest time for one request of explanations; they take as long as hundreds of classifications. */
    @WithDefault("60S")
    Duration explainDeadline();

    /** Requests for explanations that are worked on at a time, so that classifying goes on beside them. */
    @WithDefault("1")
    int concurrentExplanations();
}
