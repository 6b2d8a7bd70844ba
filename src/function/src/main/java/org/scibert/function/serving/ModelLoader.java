package org.scibert.function.serving;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.scibert.function.telemetry.Drift;
import org.scibert.function.telemetry.Meters;

/** Puts models in service, each once it has classified a text. */
@Singleton
public class ModelLoader {
    private static final Logger LOG = Logger.getLogger(ModelLoader.class);
    private static final List<String> WARM_UP = List.of("A text to warm up with.");

    private final ModelSource source;
    private final ModelInService service;
    private final Meters meters;
    private final Drift drift;
    private volatile long loadMillis;

    @Inject
    ModelLoader(ModelSource source, ModelInService service, Meters meters, Drift drift) {
        this.source = source;
        this.service = service;
        this.meters = meters;
        this.drift = drift;
    }

    /** @throws IOException if the model can't be had; none is in service then */
    public synchronized void load() throws IOException {
        LoadTimes times = new LoadTimes();
        times.processStarted(Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()));
        putInService(source.open(times), times);
    }

    /**
     * Puts the model in service that has taken the last one's place, if one has.
     *
     * @param beforeOpening runs before a model is opened
     * @throws IOException if there is another model but it can't be had; the last one stays in service then
     */
    synchronized void reload(Runnable beforeOpening) throws IOException {
        LoadTimes times = new LoadTimes();
        Optional<Model> replaced = source.openIfReplaced(times, beforeOpening);
        if (replaced.isPresent()) {
            putInService(replaced.get(), times);
        }
    }

    /** Has a model classify a text; an exception says why it can't. */
    static void warmUp(Model model) {
        List<float[]> logits = model.blended(
                WARM_UP, model.logits(model.encode(WARM_UP, model.maxTokens()), () -> { }));
        model.rule().decide(logits.get(0)); // refuses logits that are no numbers
    }

    /** How long the model in service took from its store to its first answer, in ms. */
    long loadMillis() {
        return loadMillis;
    }

    private void putInService(Model model, LoadTimes times) {
        try {
            warmUp(model);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
        times.end(LoadTimes.Step.FIRST_PASS);
        loadMillis = times.modelMillis();
        drift.begin(model.id().name(), model.id().version(), model.rule(), model.driftReference());
        service.replace(model);
        meters.inService(model.id().name(), model.id().version());
        meters.loaded(times.secondsByLabel());
        LOG.infof("%s %s in service after %s", model.id().name(), model.id().version(), times);
    }
}
