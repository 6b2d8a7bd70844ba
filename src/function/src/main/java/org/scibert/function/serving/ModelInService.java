package org.scibert.function.serving;

import jakarta.inject.Singleton;

/**
 * The model that answers. Another takes over between requests: requests under way finish on the model that they began
 * with, which is closed when the last of them has finished.
 */
@Singleton
public final class ModelInService implements AutoCloseable {
    private Counted current;

    /** A model and the number of its users: its place in service, and each lease. */
    private static final class Counted {
        private final Model model;
        private int users = 1;

        private Counted(Model model) {
            this.model = model;
        }
    }

    /** The use of a model, which stays open until the lease is closed. Used by one thread. */
    public final class Lease implements AutoCloseable {
        private final Counted counted;
        private boolean closed;

        private Lease(Counted counted) {
            this.counted = counted;
        }

        public Model model() {
            return counted.model;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                release(counted);
            }
        }
    }

    /** Puts a model in service and owns it from now on. */
    public void replace(Model next) {
        swap(new Counted(next));
    }

    /** Whether a model is in service. */
    public synchronized boolean isReady() {
        return current != null;
    }

    /**
     * Keeps the model in service open until the lease is closed.
     *
     * @throws UnavailableException if no model is in service
     */
    public synchronized Lease lease() {
        if (current == null) {
            throw new UnavailableException(
                    UnavailableException.Reason.NOT_READY, "no model is in service; ask again in a moment");
        }
        current.users++;
        return new Lease(current);
    }

    /** Takes the model out of service. */
    @Override
    public void close() {
        swap(null);
    }

    private void swap(Counted next) {
        Counted previous;
        synchronized (this) {
            previous = current;
            current = next;
        }
        if (previous != null) {
            release(previous);
        }
    }

    private void release(Counted counted) {
        boolean last;
        synchronized (this) {
            last = --counted.users == 0;
        }
        if (last) {
            counted.model.close();
        }
    }
}
