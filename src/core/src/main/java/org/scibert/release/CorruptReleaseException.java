package org.scibert.release;

/** A release's bytes are not those that were published: damaged, tampered with or mixed up. It is never opened. */
public final class CorruptReleaseException extends ReleaseException {
    private static final long serialVersionUID = 1L;
    private static final String NEXT = "; put another version in service, or publish again";

    /** @param difference which file, expected and found */
    public CorruptReleaseException(String difference) {
        super(difference + NEXT);
    }

    /** @param difference which file, expected and found */
    public CorruptReleaseException(String difference, Throwable cause) {
        super(difference + NEXT, cause);
    }
}
