package org.scibert.function.serving;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.scibert.io.Text;

/** How long each step of putting a model in service took. Used by one thread. */
public final class LoadTimes {
    private final LongSupplier nanoTime;
    private final Map<Step, Long> nanos = new EnumMap<>(Step.class);
    private long lastEnd;

    /** The steps, in the order in which they are taken. */
    public enum Step {
        /** From the start of the JVM, or of the executable, to the model; of the first model alone. */
        PROCESS("process"),
        /** The release from its store, or found in the cache, with its signature and digests. */
        DOWNLOAD("download and verification"),
        /** What is left to load of the library that computes; nothing if the process has it already. */
        LIBTORCH("libtorch"),
        /** Tokenizer and weights, mapped and brought into the layout of their kernels. */
        WEIGHTS("weights"),
        FIRST_PASS("first pass");

        private final String words;

        Step(String words) {
            this.words = words;
        }
    }

    /** Begins the first step now. */
    public LoadTimes() {
        this(System::nanoTime);
    }

    LoadTimes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastEnd = nanoTime.getAsLong();
    }

    /** Adds the process's age to the times of its first model. */
    void processStarted(Duration ago) {
        nanos.put(Step.PROCESS, ago.toNanos());
    }

    /** Ends a step that began where the last one ended. */
    public void end(Step step) {
        long now = nanoTime.getAsLong();
        nanos.merge(step, now - lastEnd, Long::sum);
        lastEnd = now;
    }

    /** The seconds of each step taken, by the step's label in the metrics, such as {@code first_pass}. */
    Map<String, Double> secondsByLabel() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        nanos.forEach((step, taken) -> seconds.put(step.name().toLowerCase(Locale.ROOT), taken / 1e9));
        return seconds;
    }

    /** From the model's store to its first answer, in ms. */
    long modelMillis() {
        return (total() - nanos.getOrDefault(Step.PROCESS, 0L)) / 1_000_000;
    }

    private long total() {
        return nanos.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The whole and its steps in seconds, such as {@code 2.31 s: process 0.60, libtorch 1.71}. */
    @Override
    public String toString() {
        return nanos.entrySet().stream()
                .map(step -> Text.format("%s %.2f", step.getKey().words, step.getValue() / 1e9))
                .collect(Collectors.joining(", ", Text.format("%.2f s: ", total() / 1e9), ""));
    }
}
