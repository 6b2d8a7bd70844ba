package org.scibert.function;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.scibert.function.serving.ModelInService;

/**
 * Ends the process after a signal, once Quarkus has waited for the requests under way. Not by the usual way out:
 * libtorch's destructors crash when the process exits while a native call runs, and one may run on if the wait was too
 * short for it.
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
        // A start that fails stops the application too; no native call runs then, and the reason and exit status are
        // still to come. Without a model nothing native runs either.
        boolean signalled = ApplicationLifecycleManager.isVmShuttingDown();
        if (LaunchMode.current() == LaunchMode.NORMAL && signalled && service.isReady()) {
            LOG.info("stopped");
            Runtime.getRuntime().halt(Math.max(0, ApplicationLifecycleManager.getExitCode()));
        }
    }
}
