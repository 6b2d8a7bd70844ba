package org.scibert.function.serving;

import java.time.Duration;
import java.util.OptionalInt;

/** Serving limits as a test wants them. */
public record TestServingLimits(OptionalInt concurrentRequests, int queuedRequests, Duration deadline)
        implements ServingLimits {
    @Override
    public Duration explainDeadline() {
        return deadline;
    }

    @Override
    public int concurrentExplanations() {
        return 1;
    }

    public static TestServingLimits usual() {
        return concurrent(2, 2);
    }

    public static TestServingLimits concurrent(int working, int waiting) {
        return new TestServingLimits(OptionalInt.of(working), waiting, Duration.ofMinutes(1));
    }

    public TestServingLimits within(Duration limit) {
        return new TestServingLimits(concurrentRequests, queuedRequests, limit);
    }
}
