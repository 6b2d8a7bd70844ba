package org.scibert.store;

/** An object is no longer in the state that the caller read or is reading: somebody else wrote it. */
public final class ObjectChangedException extends StoreException {
    private static final long serialVersionUID = 1L;

    public ObjectChangedException(String store, ObjectKey key, Throwable cause) {
        super("%s: %s was changed by somebody else meanwhile; read it again and decide anew"
                .formatted(store, key), cause);
    }
}
