package org.scibert.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.scibert.io.IoSupplier;

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

    @Override
    public void create(ObjectKey key, byte[] content) throws IOException {
        write(key, () -> {
            super.create(key, content);
            return null;
        });
    }

    @Override
    public void create(ObjectKey key, Path file) throws IOException {
        write(key, () -> {
            super.create(key, file);
            return null;
        });
    }

    @Override
    public void swap(ObjectKey key, byte[] content, Optional<String> expected) throws IOException {
        write(key, () -> {
            super.swap(key, content, expected);
            return null;
        });
    }

    private void write(ObjectKey key, IoSupplier<?> write) throws IOException {
        if (writesLeft-- > 0 || (writesLeft == -1 && moment == Moment.AFTER_EFFECT)) {
            write.get();
        }
        if (writesLeft < 0) {
            throw new StoreUnavailableException(uri(), key, "the test cut the line", null);
        }
    }
}
