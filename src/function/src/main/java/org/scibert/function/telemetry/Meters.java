package org.scibert.function.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** The function's metrics. They hold numbers, codes and versions only; nothing of a text. */
@Singleton
public final class Meters {
    private final MeterRegistry registry;
    private final MultiGauge model;

    @Inject
    public Meters(MeterRegistry registry) {
        this.registry = registry;
        this.model =
                MultiGauge.builder("classifier.model").description("1 for the model in service").register(registry);
    }

    /** Shows how many requests are worked on and wait, whenever somebody asks. */
    public void watch(IntSupplier working, IntSupplier waiting) {
        gauge("classifier.requests.working", "Requests that are worked on", working);
        gauge("classifier.requests.waiting", "Requests that wait for a thread", waiting);
    }

    /**
     * Counts a request that has its answer or its refusal.
     *
     * @param result the endpoint that answered, or the code of the refusal
     */
    public void count(int status, String result) {
        Counter.builder("classifier.requests")
                .description("Requests by status and result: the endpoint that answered, or the error's code")
                .tags("status", Integer.toString(status), "result", result)
                .register(registry)
                .increment();
    }

    /** Records how long a step of a request took. */
    public void took(String step, long nanos) {
        Timer.builder("classifier." + step)
                .description("Time that the step " + step + " of a request took")
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Counts the texts of an answer, and their tokens that the network read. */
    public void classified(int texts, int tokens) {
        counter("classifier.texts", "Texts that were classified", texts);
        counter("classifier.tokens", "Tokens of them that the network read", tokens);
    }

    /**
     * Counts a request that came with a key, and its texts.
     *
     * @param holder the key's name in the settings, never the key
     * @param result {@code answered}, {@code failed} or {@code budget_exceeded}
     * @param texts that were answered
     */
    public void countKey(String holder, String result, int texts) {
        Counter.builder("classifier.key.requests")
                .description("Requests with a key, by its holder and how they ended")
                .tags("key", holder, "result", result)
                .register(registry)
                .increment();
        Counter.builder("classifier.key.texts")
                .description("Texts that were answered, by the holder of the key")
                .tags("key", holder)
                .register(registry)
                .increment(texts);
    }

    /** Shows which model is in service now. */
    public void inService(String name, String version) {
        model.register(List.of(MultiGauge.Row.of(Tags.of("name", name, "version", version), 1)), true);
    }

    private void counter(String name, String description, int amount) {
        Counter.builder(name).description(description).register(registry).increment(amount);
    }

    private void gauge(String name, String description, IntSupplier value) {
        // Micrometer holds a gauge's object weakly unless told otherwise, and a method reference has no other holder.
        Gauge.builder(name, value::getAsInt).description(description).strongReference(true).register(registry);
    }
}
