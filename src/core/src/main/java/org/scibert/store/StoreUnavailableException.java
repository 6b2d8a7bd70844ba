package org.scibert.store;

/** The store does not answer, or says that it is overloaded or broken for now; trying again later helps. */
public final class StoreUnavailableException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** @param problem what happened and what to do next */
    public StoreUnavailableException(String store, ObjectKey key, String problem, Throwable cause) {
        super("%s: %s: %s".formatted(store, key, problem), cause);
    }

    /** @param tried how long {@link PatientStore} tried */
    StoreUnavailableException(StoreUnavailableException last, String tried) {
        super("%s (tried for %s)".formatted(last.getMessage(), tried), last);
    }
}
