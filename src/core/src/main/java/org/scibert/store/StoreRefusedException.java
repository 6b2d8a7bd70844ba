package org.scibert.store;

import org.scibert.io.Text;

/**
 * The store refuses: permissions, credentials, a missing bucket, a wrong clock, a full disk. Trying again does not help
 * until somebody has changed something; the message says what.
 */
public final class StoreRefusedException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** @param problem what happened and what to do next */
    public StoreRefusedException(String store, ObjectKey key, String problem, Throwable cause) {
        super(Text.format("%s: %s: %s", store, key, problem), cause);
    }
}
