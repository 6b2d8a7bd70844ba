package org.scibert.function.serving;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.scibert.store.StoreException;
import org.scibert.store.StoreUnavailableException;

/** Looks for another release now and then, where that is asked for. */
@Singleton
public class Refresh {
    private static final Logger LOG = Logger.getLogger(Refresh.class);

    private final ModelLoader loader;
    private final Optional<Duration> every;
    private ScheduledExecutorService timer;

    @Inject
    Refresh(ModelLoader loader, ModelSettings settings) {
        this.loader = loader;
        this.every = settings.refresh();
    }

    public void begin() {
        every.ifPresent(period -> {
            timer = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "model-refresh");
                thread.setDaemon(true);
                return thread;
            });
            timer.scheduleWithFixedDelay(this::look, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /** A release that can't be had leaves the last one in service. */
    void look() {
        try {
            loader.reload();
        } catch (IOException | RuntimeException e) {
            LOG.errorf("the model in service stays: %s", reason(e));
        }
    }

    /** Tells an unreachable store, which says nothing about a successor, from a release that is not taken. */
    static String reason(Exception e) {
        if (e instanceof StoreUnavailableException) {
            return "the store cannot be reached for now, so whether there is a successor is unknown: " + e.getMessage();
        }
        if (e instanceof StoreException) {
            return "the store does not give its successor: " + e.getMessage();
        }
        return "its successor is refused: " + e.getMessage();
    }

    @PreDestroy
    void end() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
