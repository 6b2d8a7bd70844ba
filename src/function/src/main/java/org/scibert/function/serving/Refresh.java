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

/** Looks for another release and another candidate now and then, where that is asked for. */
@Singleton
public class Refresh {
    private static final Logger LOG = Logger.getLogger(Refresh.class);

    private final ModelLoader loader;
    private final CandidateLoader candidates;
    private final Optional<Duration> every;
    private ScheduledExecutorService timer;

    @Inject
    Refresh(ModelLoader loader, CandidateLoader candidates, ModelSettings settings) {
        this.loader = loader;
        this.candidates = candidates;
        this.every = settings.refresh();
    }

    /** A candidate is never waited for: the first request may come before it. */
    public void begin() {
        if (every.isEmpty() && !candidates.isNamed()) {
            return;
        }
        timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "model-refresh");
            thread.setDaemon(true);
            return thread;
        });
        if (candidates.isNamed()) {
            timer.execute(this::lookForCandidate);
        }
        every.ifPresent(period -> timer.scheduleWithFixedDelay(
                this::look, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** A release that can't be had leaves the last one in service. */
    void look() {
        try {
            loader.reload(candidates::makeRoom);
        } catch (IOException | RuntimeException e) {
            LOG.errorf("the model in service stays: %s", reason(e));
        }
        lookForCandidate();
    }

    private void lookForCandidate() {
        try {
            candidates.look();
        } catch (IOException | RuntimeException e) {
            LOG.errorf("whether there is a candidate is unknown: %s", e.getMessage());
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
