package org.scibert.function.room;

/** Describes an accident by where it happened. Messages are left out: they may quote a caller's text. */
final class Redacted {
    private static final int FRAMES = 12;

    private Redacted() {}

    static String describe(Throwable accident) {
        StringBuilder description = new StringBuilder();
        for (Throwable t = accident; t != null; t = t.getCause()) {
            description.append(t == accident ? "" : "\ncaused by ").append(t.getClass().getName());
            StackTraceElement[] frames = t.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                description.append("\n    at ").append(frames[i]);
            }
        }
        return description.toString();
    }
}
