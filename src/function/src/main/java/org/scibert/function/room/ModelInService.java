package org.scibert.function.room;

import jakarta.inject.Singleton;
import java.util.function.Function;

/**
 * The model that answers. Another takes over between requests: those under way finish on the model they began with,
 * which is closed when the last of them has.
 */
@Singleton
public final class ModelInService implements AutoCloseable {
    private Tenure current;

    /** A model and those who hold it: its place in service, and each request under way. */
    private static final class Tenure {
        private final Model model;
        private int holders = 1;

        private Tenure(Model model) {
            this.model = model;
        }
    }

    /** Puts a model in service and owns it from now on. */
    public void replace(Model next) {
        swap(new Tenure(next));
    }

    /** Whether there is one. */
    public synchronized boolean isReady() {
        return current != null;
    }

    /**
     * Works with the model in service, which stays open meanwhile.
     *
     * @throws Refusal if there is none
     */
    public <T> T use(Function<Model, T> work) {
        Tenure tenure = hold();
        try {
            return work.apply(tenure.model);
        } finally {
            release(tenure);
        }
    }

    /** Takes the model out of service. */
    @Override
    public void close() {
        swap(null);
    }

    private void swap(Tenure next) {
        Tenure previous;
        synchronized (this) {
            previous = current;
            current = next;
        }
        if (previous != null) {
            release(previous);
        }
    }

    private synchronized Tenure hold() {
        if (current == null) {
            throw new Refusal(Problem.NOT_READY, "no model is in service; ask again in a moment");
        }
        current.holders++;
        return current;
    }

    private void release(Tenure tenure) {
        boolean last;
        synchronized (this) {
            last = --tenure.holders == 0;
        }
        if (last) {
            tenure.model.close();
        }
    }
}
