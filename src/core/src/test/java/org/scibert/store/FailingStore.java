package org.scibert.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A store that dies at its n-th write: before the write takes effect, or after it did but before it is answered. */
public final class FailingStore extends ForwardingStore {
    public enum Moment {
        BEFORE_EFFECT,
        AFTER_EFFECT
    }

    private final Moment moment;
    private int writesLeft;

    /** @param writes that succeed before the one that fails */
    public FailingStore(ObjectStore store, int writes, Moment moment) {
        super(store);
        this.writesLeft = writes;
        this.moment = moment;
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    @Override
    public void create(ObjectKey key, byte[] content) throws IOException {
        write(key, () -> super.create(key, content));
    }

    @Override
    public void create(ObjectKey key, Path file) throws IOException {
        write(key, () -> super.create(key, file));
    }

    @Override
    public void swap(ObjectKey key, byte[] content, Optional<String> expected) throws IOException {
        write(key, () -> super.swap(key, content, expected));
    }

    private void write(ObjectKey key, Write write) throws IOException {
        if (writesLeft-- > 0 || (writesLeft == -1 && moment == Moment.AFTER_EFFECT)) {
            write.run();
        }
        if (writesLeft < 0) {
            throw new StoreUnavailableException(uri(), key, "the test cut the line", null);
        }
    }
}
