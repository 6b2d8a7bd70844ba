package org.scibert.store;

import java.io.IOException;

/** An object store did not do what it was asked; the message names store and key and says what to do. */
public abstract sealed class StoreException extends IOException
        permits ObjectNotFoundException,
                ObjectExistsException,
                ObjectChangedException,
                ObjectTooLargeException,
                StoreRefusedException,
                StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
