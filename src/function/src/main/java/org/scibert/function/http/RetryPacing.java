package org.scibert.function.http;

import io.vertx.core.http.HttpConnection;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pace of callers that ignore Retry-After. A connection that asks again too early is answered only when the time
 * that it was told has passed, so that its requests cost a timer and not the processor's time that others' answers
 * need: without it, a dozen such callers took half of the answers from all others.
 */
final class RetryPacing {
    /** What a refusal's Retry-After says. */
    private static final long RETRY_AFTER_NANOS = 1_000_000_000;
    /** Requests held at a time; further ones are refused at once, as memory is worth more than pace. */
    private static final int MOST_HELD = 1000;

    private final Map<HttpConnection, Long> refusedAt = Collections.synchronizedMap(new WeakHashMap<>());
    private final AtomicInteger held = new AtomicInteger();

    /** Milliseconds for which the connection is to be held now; 0 for one that did as it was told. */
    long millisToHold(HttpConnection connection) {
        Long last = refusedAt.get(connection);
        if (last == null || held.get() >= MOST_HELD) {
            return 0;
        }
        return Math.max(0, (RETRY_AFTER_NANOS - (System.nanoTime() - last)) / 1_000_000);
    }

    void refused(HttpConnection connection) {
        refusedAt.put(connection, System.nanoTime());
    }

    void hold() {
        held.incrementAndGet();
    }

    void release() {
        held.decrementAndGet();
    }
}
