package org.scibert.function.model;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import org.jboss.logging.Logger;
import org.scibert.function.room.Meters;
import org.scibert.function.room.Model;
import org.scibert.function.room.ModelAnswer;
import org.scibert.function.room.ModelInService;

/** Puts the model in service before the first request is let in, or stops the start with one line that says why. */
@Singleton
public class Start {
    private static final Logger LOG = Logger.getLogger(Start.class);

    private final ModelSource source;
    private final ModelInService service;
    private final Meters meters;

    @Inject
    Start(ModelSource source, ModelInService service, Meters meters) {
        this.source = source;
        this.service = service;
        this.meters = meters;
    }

    void load(@Observes StartupEvent event) {
        long start = System.nanoTime();
        try {
            Model model = source.open();
            model.classify(model.encode(List.of("A text to warm up with."), model.about().maxTokens()));
            service.replace(model);
            meters.inService(model.about().id());
        } catch (IOException | RuntimeException e) {
            // Quarkus prints the message of this exception alone, and exits with 1.
            throw new ConfigurationException("The function does not start: " + e.getMessage());
        }
        ModelAnswer about = service.use(Model::about);
        LOG.infof("%s %s in service after %d ms", about.name(), about.version(), (System.nanoTime() - start) / 1_000_000);
    }
}
