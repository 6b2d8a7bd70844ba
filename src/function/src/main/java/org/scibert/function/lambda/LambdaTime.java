package org.scibert.function.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.scibert.function.api.Api;
import org.scibert.function.serving.Deadline;

/** The time that Lambda gives an invocation: it stops the process after it, without an answer. */
@Singleton
class LambdaTime {
    /** Left for the answer's way back. */
    private static final int MARGIN_MILLIS = 500;

    private final Api api;

    @Inject
    LambdaTime(Api api) {
        this.api = api;
    }

    /** Begins the time for an answer: the function's own limit, or what Lambda leaves if that is less. */
    Deadline deadline(String path, Context context) {
        int left = context == null ? 0 : context.getRemainingTimeInMillis();
        // Stand-ins for Lambda say nothing of the time, which reads as none.
        return left <= 0
                ? api.deadline(path)
                : api.deadline(path, Duration.ofMillis(Math.max(1, left - MARGIN_MILLIS)));
    }
}
