package org.scibert.function.serving;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Loads the model before the first request is let in, or stops the start with one line that says why. */
@Singleton
public class Start {
    private final ModelLoader loader;
    private final Refresh refresh;

    @Inject
    Start(ModelLoader loader, Refresh refresh) {
        this.loader = loader;
        this.refresh = refresh;
    }

    void load(@Observes StartupEvent event) {
        try {
            loader.load();
        } catch (IOException | RuntimeException e) {
            String message = "The function does not start: " + e.getMessage();
            InitializationError.report(message);
            // Quarkus prints the message of this exception alone, and exits with 1.
            throw new ConfigurationException(message);
        }
        refresh.begin();
    }
}
