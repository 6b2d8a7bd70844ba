package org.scibert.function.telemetry;

/** Describes a failure by where it happened. Messages are left out: they may quote a caller's text. */
public final class Redacted {
    private static final int FRAMES = 12;

    private Redacted() {}

    public static String describe(Throwable failure) {
        StringBuilder description = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            description.append(t == failure ? "" : "\ncaused by ").append(t.getClass().getName());
            StackTraceElement[] frames = t.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                description.append("\n    at ").append(frames[i]);
            }
        }
        return description.toString();
    }
}
