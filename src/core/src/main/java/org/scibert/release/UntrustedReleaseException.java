package org.scibert.release;

import org.scibert.signing.SigningKey;

/** A release is not signed by a trusted key. It is never opened and never put in service. */
public final class UntrustedReleaseException extends ReleaseException {
    private static final long serialVersionUID = 1L;
    private static final String NEXT = "; put a signed version in service, or publish again with " + SigningKey.SETTING;

    private final String reason;

    /** @param reason which release, and what is wrong with its signature */
    public UntrustedReleaseException(String reason) {
        super(reason + NEXT);
        this.reason = reason;
    }

    /** The message without its advice. */
    public String reason() {
        return reason;
    }
}
