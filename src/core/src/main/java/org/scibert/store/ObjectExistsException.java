package org.scibert.store;

import org.scibert.io.Text;

/** An object that was to be created exists already. */
public final class ObjectExistsException extends StoreException {
    private static final long serialVersionUID = 1L;

    public ObjectExistsException(String store, ObjectKey key, Throwable cause) {
        super(Text.format(
                "%s holds %s already and what is published is never overwritten; publish again, as a new version",
                store, key), cause);
    }
}
