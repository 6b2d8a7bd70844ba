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
import org.scibert.store.StoreRefusedException;
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
        } catch (StoreUnavailableException | StoreRefusedException e) {
            LOG.warnf("the model in service stays; whether it has a successor can't be seen now: %s", e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.errorf("the model in service stays, its successor is refused: %s", e.getMessage());
        }
    }

    @PreDestroy
    void end() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
