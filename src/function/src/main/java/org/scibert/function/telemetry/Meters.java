package org.scibert.function.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
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
        registry.gauge("classifier.requests.working", working, IntSupplier::getAsInt);
        registry.gauge("classifier.requests.waiting", waiting, IntSupplier::getAsInt);
    }

    /**
     * Counts a request that has its answer or its refusal.
     *
     * @param result the endpoint that answered, or the code of the refusal
     */
    public void count(int status, String result) {
        registry.counter("classifier.requests", "status", Integer.toString(status), "result", result).increment();
    }

    /** Records how long a step of a request took. */
    public void took(String step, long nanos) {
        registry.timer("classifier." + step).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Counts the texts of an answer, and their tokens that the network read. */
    public void classified(int texts, int tokens) {
        registry.counter("classifier.texts").increment(texts);
        registry.counter("classifier.tokens").increment(tokens);
    }

    /** Shows which model is in service now. */
    public void inService(String name, String version) {
        model.register(List.of(MultiGauge.Row.of(Tags.of("name", name, "version", version), 1)), true);
    }
}
