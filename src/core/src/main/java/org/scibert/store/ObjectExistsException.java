package org.scibert.store;

/** An object that was to be created exists already. */
public final class ObjectExistsException extends StoreException {
    private static final long serialVersionUID = 1L;

    public ObjectExistsException(String store, ObjectKey key, Throwable cause) {
        super("%s holds %s already and what is published is never overwritten; publish again, as a new version"
                .formatted(store, key), cause);
    }
}
