package org.scibert.function.room;

import java.util.Locale;
import java.util.function.Supplier;

/** How long the parts of one answer took, each a span of its own. Used by one thread. */
final class Timings {
    private final Traces traces;
    private long tokenizeNanos;
    private long inferNanos;

    Timings(Traces traces) {
        this.traces = traces;
    }

    <T> T tokenize(Supplier<T> work) {
        long start = System.nanoTime();
        T result = traces.in("tokenize", span -> work.get());
        tokenizeNanos += System.nanoTime() - start;
        return result;
    }

    <T> T infer(Supplier<T> work) {
        long start = System.nanoTime();
        T result = traces.in("infer", span -> work.get());
        inferNanos += System.nanoTime() - start;
        return result;
    }

    long tokenizeNanos() {
        return tokenizeNanos;
    }

    long inferNanos() {
        return inferNanos;
    }

    /** As the Server-Timing header has it, in milliseconds; what didn't happen is left out. */
    String serverTiming() {
        String tokenize = String.format(Locale.ROOT, "tokenize;dur=%.2f", tokenizeNanos / 1e6);
        return inferNanos == 0 ? tokenize : tokenize + String.format(Locale.ROOT, ", infer;dur=%.2f", inferNanos / 1e6);
    }
}
