package org.scibert.store;

import org.scibert.io.Text;

/** Another writer has changed an object since the caller read it, or while the caller reads it. */
public final class ObjectChangedException extends StoreException {
    private static final long serialVersionUID = 1L;

    public ObjectChangedException(String store, ObjectKey key, Throwable cause) {
        super(Text.format("%s: %s was changed by somebody else meanwhile; read it again and decide anew",
                store, key), cause);
    }
}
