package org.scibert.function.room;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** What one request, and all of them together, may take. Each is an environment variable, LIMITS_BODY_BYTES first. */
@ConfigMapping(prefix = "limits")
public interface Limits {
    /** Largest body in bytes, after gzip is undone. 32 texts of 20,000 characters don't fit all at once. */
    @WithDefault("1048576")
    int bodyBytes();

    /** Most texts in a request. More would keep one caller's answer, and everyone's behind it, waiting. */
    @WithDefault("32")
    int texts();

    /** Longest text in UTF-16 units, as spans are counted. Twenty times what a network of 512 tokens reads. */
    @WithDefault("20000")
    int textLength();

    /** Requests that are worked on at a time; two for each core unless given. */
    OptionalInt concurrentRequests();

    /** Requests that may wait for a place. A short queue refuses early instead of answering when nobody listens. */
    @WithDefault("16")
    int queuedRequests();

    /** Longest wait for a place and between batches of one request. */
    @WithDefault("20S")
    Duration deadline();
}
