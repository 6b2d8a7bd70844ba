package org.scibert.store;

/** The store does not answer, refuses access or is broken; trying later or with other credentials may help. */
public final class StoreUnavailableException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** @param problem what happened and what to do next */
    public StoreUnavailableException(String store, ObjectKey key, String problem, Throwable cause) {
        super("%s: %s: %s".formatted(store, key, problem), cause);
    }
}
