package org.scibert.function.keys;

import java.time.Duration;
import java.time.InstantSource;

/**
 * The texts that a key's holder may still have worked on: a token bucket that holds a minute's and fills evenly. A
 * request for more texts than a minute's is let in when the bucket is full and leaves a debt, so that no request is
 * impossible and the rate holds over time.
 */
final class Budget {
    /** A text's worth, so that each millisecond adds a whole number: the texts of a minute. */
    private static final long TEXT = Duration.ofMinutes(1).toMillis();

    private final int textsPerMinute;
    private final InstantSource clock;
    private long balance;
    private long at;

    /** Full to begin with. */
    Budget(int textsPerMinute, InstantSource clock) {
        this.textsPerMinute = textsPerMinute;
        this.clock = clock;
        this.balance = full();
        this.at = clock.millis();
    }

    /** Takes texts; returns zero, or takes none and returns the time after which as many can be taken. */
    synchronized Duration take(int texts) {
        fill();
        long missing = Math.min(texts * TEXT, full()) - balance;
        if (missing > 0) {
            return Duration.ofMillis(millisToGet(missing));
        }
        balance -= texts * TEXT;
        return Duration.ZERO;
    }

    /** Puts back texts that were taken and not worked on. */
    synchronized void giveBack(int texts) {
        balance = Math.min(balance + texts * TEXT, full());
    }

    private void fill() {
        long now = clock.millis();
        long passed = Math.max(0, now - at); // a clock may be set back
        at = now;
        balance = passed >= millisToGet(full() - balance) ? full() : balance + passed * textsPerMinute;
    }

    private long millisToGet(long worth) {
        return (worth + textsPerMinute - 1) / textsPerMinute;
    }

    private long full() {
        return textsPerMinute * TEXT;
    }
}
