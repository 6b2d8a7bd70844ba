package org.scibert.store;

import org.scibert.io.Text;

/** There is no object of this key. */
public final class ObjectNotFoundException extends StoreException {
    private static final long serialVersionUID = 1L;

    public ObjectNotFoundException(String store, ObjectKey key, Throwable cause) {
        super(Text.format("%s holds no %s; check the store's address and the name", store, key), cause);
    }
}
