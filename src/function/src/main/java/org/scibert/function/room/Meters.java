package org.scibert.function.room;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What is counted and timed. Numbers, codes and versions only; nothing of a text. */
@Singleton
public final class Meters {
    private final MeterRegistry registry;
    private final MultiGauge model;

    @Inject
    Meters(MeterRegistry registry, Admission admission) {
        this.registry = registry;
        this.model =
                MultiGauge.builder("classifier.model").description("1 for the model in service").register(registry);
        registry.gauge("classifier.requests.working", admission, Admission::working);
        registry.gauge("classifier.requests.waiting", admission, Admission::waiting);
    }

    void answered(Endpoint endpoint) {
        count(200, endpoint.name().toLowerCase(Locale.ROOT));
    }

    void refused(Problem problem) {
        count(problem.status(), problem.code());
    }

    void took(Timings timings) {
        registry.timer("classifier.tokenize").record(timings.tokenizeNanos(), TimeUnit.NANOSECONDS);
        if (timings.inferNanos() > 0) {
            registry.timer("classifier.infer").record(timings.inferNanos(), TimeUnit.NANOSECONDS);
        }
    }

    void read(ClassifyAnswer answer) {
        registry.counter("classifier.texts").increment(answer.results().size());
        registry.counter("classifier.tokens")
                .increment(answer.results().stream().mapToInt(r -> r.tokens().used()).sum());
    }

    /** Shows which model is in service now. */
    public void inService(ModelVersion version) {
        Tags tags = Tags.of("name", version.name(), "version", version.version());
        model.register(List.of(MultiGauge.Row.of(tags, 1)), true);
    }

    private void count(int status, String result) {
        registry.counter("classifier.requests", "status", Integer.toString(status), "result", result).increment();
    }
}
