package org.scibert.function.serving;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.scibert.decision.Task;
import org.scibert.function.telemetry.Drift;
import org.scibert.function.telemetry.EmbeddedMetrics;
import org.scibert.function.telemetry.Meters;

/** A text classifier with a place for a candidate, without a store or a server. */
public final class Trials {
    /** Decides after ten texts: at most 20 % errors, twice the time, at least 80 % agreement. */
    static final CandidateSettings SETTINGS =
            new CandidateSettings(Optional.empty(), false, Optional.empty(), 1, 10, 0.2, 2, 0.8);

    final MeterRegistry registry;
    final List<String> lines = new ArrayList<>();
    final ModelInService service;
    final EmbeddedMetrics log;
    public final Drift drift;
    public final Canary canary;
    public final TextClassifier classifier;

    /** Compares at once, on the thread of the request. */
    Trials() {
        this(new ModelInService(), new SimpleMeterRegistry(), SETTINGS, false, Runnable::run);
    }

    public Trials(ModelInService service, MeterRegistry registry) {
        this(service, registry, SETTINGS, false, Runnable::run);
    }

    Trials(ModelInService service, MeterRegistry registry, CandidateSettings settings, boolean onLambda,
            Executor comparing) {
        this.service = service;
        this.registry = registry;
        Meters meters = new Meters(registry);
        this.log = new EmbeddedMetrics(onLambda, "test", Clock.systemUTC(), lines::add);
        this.drift = new Drift(2, meters, log);
        this.canary = new Canary(settings, meters, log);
        this.classifier = new TextClassifier(
                service, lanes(meters), canary, new Comparisons(settings.budget(), System::nanoTime, comparing), drift,
                log);
    }

    /** Two cores, with whatever threads libtorch has. */
    static Lanes lanes(Meters meters) {
        return new Lanes(new BatchSettings(2, 1024, 1024), meters, cores -> { }, Thread::new);
    }

    /** Puts a model on trial that gives each text the other label. */
    public void tryOpposite(double share) {
        canary.begin(opposite(), Optional.of(share));
    }

    /** Puts a model in service. */
    Trials serving(Model model) {
        drift.begin(model.id().name(), model.id().version(), model.rule(), model.driftReference());
        service.replace(model);
        return this;
    }

    /** A model that gives every text the other label of two, with another version. */
    static FakeModel opposite() {
        return new FakeModel(Task.BINARY, List.of("no", "yes")) {
            @Override
            public Id id() {
                return new Id(FakeModel.NAME, "20261125T000000Z-11111111");
            }

            @Override
            public List<float[]> blended(List<String> texts, List<float[]> network) {
                return network.stream().map(logits -> new float[] {-logits[0]}).toList();
            }
        };
    }
}
