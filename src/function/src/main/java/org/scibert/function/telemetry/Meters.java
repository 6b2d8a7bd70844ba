package org.scibert.function.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** The function's metrics. They hold numbers, codes and versions only; nothing of a text. */
@Singleton
public final class Meters {
    private final MeterRegistry registry;
    private final MultiGauge model;
    private final MultiGauge load;
    private final MultiGauge candidate;
    private final MultiGauge latencyRatio;
    private final MultiGauge driftLabels;
    private final MultiGauge driftTexts;
    private final MultiGauge driftTokens;
    private final MultiGauge driftPsi;

    @Inject
    public Meters(MeterRegistry registry) {
        this.registry = registry;
        this.model = several("classifier.model", "1 for the model in service");
        this.load = several("classifier.load.seconds", "Time that each step of putting the model in service took");
        this.candidate = several("classifier.candidate", "1 for the candidate and its state");
        this.latencyRatio = several("classifier.candidate.latency.ratio",
                "Median time for a token of the candidate over that of the model in service; NaN for too few requests");
        this.driftLabels = several("classifier.drift.label.ratio",
                "Share of the last texts that were given the label");
        this.driftTexts = several("classifier.drift.text.ratio",
                "Share of the last texts that a person is asked about, that are less sure than nine of ten dev texts,"
                        + " or that were cut");
        this.driftTokens = several("classifier.drift.token.ratio", "Share of the last texts' tokens that are unknown");
        this.driftPsi = several("classifier.drift.psi",
                "Population stability index of the last texts against the release's dev texts; NaN until the window"
                        + " is full");
    }

    /** Shows how many requests are in work, whenever somebody asks. */
    public void watchRequests(IntSupplier working) {
        gauge("classifier.requests.working", "Requests in work, those included whose texts wait", working);
    }

    /** Shows how many texts wait for the network, whenever somebody asks. */
    public void watchQueue(IntSupplier waiting) {
        gauge("classifier.queue.texts", "Texts that wait for the network", waiting);
    }

    /** Records how long texts have waited for the network. */
    public void waited(int texts, long nanos) {
        Timer timer = Timer.builder("classifier.queue")
                .description("Time that a text waited for the network")
                .register(registry);
        for (int i = 0; i < texts; i++) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Records the size of a forward pass. */
    public void batch(int texts, int tokens) {
        summary("classifier.batch.texts", "Texts of a forward pass", texts);
        summary("classifier.batch.tokens", "Tokens of a forward pass", tokens);
    }

    private void summary(String name, String description, int value) {
        DistributionSummary.builder(name).description(description).register(registry).record(value);
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

    /** Shows how many seconds each step took that put the model in service. */
    public void loaded(Map<String, Double> seconds) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        seconds.forEach((step, taken) -> rows.add(MultiGauge.Row.of(Tags.of("step", step), taken)));
        load.register(rows, true);
    }

    /**
     * Shows which candidate there is.
     *
     * @param state a title of one of few
     * @param ratio of its latency to the other's, or NaN
     */
    public void candidate(String version, String state, DoubleSupplier ratio) {
        candidate.register(List.of(MultiGauge.Row.of(Tags.of("version", version, "state", state), 1)), true);
        latencyRatio.register(
                List.of(MultiGauge.Row.of(Tags.of("version", version), ratio::getAsDouble)), true);
    }

    /** Shows that there is no candidate. */
    public void noCandidate() {
        candidate.register(List.of(), true);
        latencyRatio.register(List.of(), true);
    }

    /** @param outcome answered, compared, failed or skipped */
    public void trialTexts(String version, String outcome, int texts) {
        Counter.builder("classifier.candidate.texts")
                .description(
                        "Texts that the candidate answered, read to be compared, failed for, or had no time to read")
                .tags("version", version, "outcome", outcome)
                .register(registry)
                .increment(texts);
    }

    /** Records how long one of the two models of a trial took for a request's texts. */
    public void trialTook(boolean byCandidate, long nanos) {
        Timer.builder("classifier.candidate.infer")
                .description("Time that requests took which one of the two models of a trial read alone")
                .tags("model", byCandidate ? "candidate" : "served")
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Counts a text that both models of a trial have read.
     *
     * @param difference largest difference of a label's probability
     */
    public void compared(String version, boolean agreed, double difference) {
        Counter.builder("classifier.candidate.comparisons")
                .description("Texts that candidate and model in service have both read, by whether their labels agree")
                .tags("version", version, "agreed", Boolean.toString(agreed))
                .register(registry)
                .increment();
        DistributionSummary.builder("classifier.candidate.difference")
                .description("Largest difference of a label's probability between the two models of a trial")
                .tags("version", version)
                .serviceLevelObjectives(0.01, 0.05, 0.1, 0.25, 0.5, 1)
                .register(registry)
                .record(difference);
    }

    /**
     * Shows how the last texts differ from dev's, whenever somebody asks.
     *
     * @param labels of the model in service
     * @param asks whether it asks a person about some texts
     * @param hasDev whether its release has dev's numbers
     */
    void drift(List<String> labels, boolean asks, boolean hasDev, Supplier<DriftWindow.Summary> summary) {
        driftLabels.register(labels.stream()
                .map(label -> row(Tags.of("label", label), summary,
                        s -> s.labels() == null ? null : s.labels().get(label)))
                .toList(), true);
        List<MultiGauge.Row<?>> texts = new ArrayList<>();
        texts.add(row(Tags.of("kind", "truncated"), summary, DriftWindow.Summary::truncated));
        if (asks) {
            texts.add(row(Tags.of("kind", "asked"), summary, DriftWindow.Summary::asked));
        }
        if (hasDev) {
            texts.add(row(Tags.of("kind", "unsure"), summary, DriftWindow.Summary::unsure));
        }
        driftTexts.register(texts, true);
        driftTokens.register(
                List.of(row(Tags.of("kind", "unknown"), summary, DriftWindow.Summary::unknownTokens)), true);
        driftPsi.register(hasDev
                ? List.of(row(Tags.of("of", "score"), summary, DriftWindow.Summary::scorePsi),
                        row(Tags.of("of", "labels"), summary, DriftWindow.Summary::labelPsi))
                : List.of(), true);
    }

    private static MultiGauge.Row<?> row(
            Tags tags, Supplier<DriftWindow.Summary> summary, Function<DriftWindow.Summary, Double> value) {
        return MultiGauge.Row.of(tags, () -> {
            Double found = value.apply(summary.get());
            return found == null ? Double.NaN : found;
        });
    }

    private MultiGauge several(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private void counter(String name, String description, int amount) {
        Counter.builder(name).description(description).register(registry).increment(amount);
    }

    private void gauge(String name, String description, IntSupplier value) {
        // Micrometer holds a gauge's object weakly unless told otherwise, and a method reference has no other holder.
        Gauge.builder(name, value::getAsInt).description(description).strongReference(true).register(registry);
    }
}
