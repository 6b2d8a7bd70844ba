package org.scibert.store;

/** There is no object of this key. */
public final class ObjectNotFoundException extends StoreException {
    private static final long serialVersionUID = 1L;

    public ObjectNotFoundException(String store, ObjectKey key, Throwable cause) {
        super("%s holds no %s; check the store's address and the name".formatted(store, key), cause);
    }
}
