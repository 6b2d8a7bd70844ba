package org.scibert.release;

import java.io.IOException;

/** A release cannot be published, opened or put in service; the message says which and why. */
public class ReleaseException extends IOException {
    private static final long serialVersionUID = 1L;

    public ReleaseException(String message) {
        super(message);
    }

    public ReleaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
