package org.scibert.release;

/** No such version is published, or none is in service. */
public final class ReleaseNotFoundException extends ReleaseException {
    private static final long serialVersionUID = 1L;

    public ReleaseNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
