package org.scibert.function.serving;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Ends the process once Quarkus has waited for the requests under way. Not by the usual way out: libtorch's destructors
 * crash when the process exits while a native call runs, and one may run on if the wait was too short for it.
 */
@Singleton
public class Stop {
    private static final Logger LOG = Logger.getLogger(Stop.class);

    private final ModelInService service;

    @Inject
    Stop(ModelInService service) {
        this.service = service;
    }

    void halt(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
        // Without a model nothing native runs, and a start that failed has its exit code still to give.
        if (LaunchMode.current() == LaunchMode.NORMAL && service.isReady()) {
            LOG.info("stopped");
            Runtime.getRuntime().halt(Math.max(0, ApplicationLifecycleManager.getExitCode()));
        }
    }
}
