package org.scibert.function.room;

import java.time.Duration;
import java.util.OptionalInt;

/** Limits as a test wants them. */
record TestLimits(
        int bodyBytes, int texts, int textLength, OptionalInt concurrentRequests, int queuedRequests, Duration deadline)
        implements Limits {

    static TestLimits usual() {
        return concurrent(2, 2);
    }

    static TestLimits concurrent(int working, int waiting) {
        return new TestLimits(1000, 4, 100, OptionalInt.of(working), waiting, Duration.ofMinutes(1));
    }

    TestLimits within(Duration limit) {
        return new TestLimits(bodyBytes, texts, textLength, concurrentRequests, queuedRequests, limit);
    }
}
