package org.scibert.store;

import org.scibert.io.Text;

/** The store does not answer, or says that it is overloaded or broken for now; trying again later helps. */
public final class StoreUnavailableException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** @param problem what happened and what to do next */
    public StoreUnavailableException(String store, ObjectKey key, String problem, Throwable cause) {
        super(Text.format("%s: %s: %s", store, key, problem), cause);
    }

    /** @param tried how long {@link PatientStore} tried */
    StoreUnavailableException(StoreUnavailableException last, String tried) {
        super(Text.format("%s (tried for %s)", last.getMessage(), tried), last);
    }
}
