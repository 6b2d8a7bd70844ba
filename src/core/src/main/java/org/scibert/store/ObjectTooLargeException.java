package org.scibert.store;

import org.scibert.io.Text;

/** An object has more bytes than the caller can take. */
public final class ObjectTooLargeException extends StoreException {
    private static final long serialVersionUID = 1L;
    private final long size;

    public ObjectTooLargeException(String store, ObjectKey key, long size, long limit) {
        super(Text.format(
                "%s: %s has %d bytes where at most %d belong; it was not written by this program: publish again",
                store, key, size, limit), null);
        this.size = size;
    }

    /** The object's size in bytes. */
    public long size() {
        return size;
    }
}
