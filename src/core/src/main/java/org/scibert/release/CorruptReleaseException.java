package org.scibert.release;

/** A release's bytes differ from those that were published: damaged, tampered with or mixed up. It is never opened. */
public final class CorruptReleaseException extends ReleaseException {
    private static final long serialVersionUID = 1L;
    private static final String NEXT = "; put another version in service, or publish again";

    private final String difference;

    /** @param difference which file, expected and found */
    public CorruptReleaseException(String difference) {
        this(difference, null);
    }

    /** @param difference which file, expected and found */
    public CorruptReleaseException(String difference, Throwable cause) {
        super(difference + NEXT, cause);
        this.difference = difference;
    }

    /** The message without its advice: which file, expected and found. */
    public String difference() {
        return difference;
    }
}
