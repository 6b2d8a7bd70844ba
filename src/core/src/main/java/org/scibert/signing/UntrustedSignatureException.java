package org.scibert.signing;

/** A signature was not made by a trusted key, or not for these bytes; the message says which. */
public final class UntrustedSignatureException extends Exception {
    private static final long serialVersionUID = 1L;

    UntrustedSignatureException(String message) {
        super(message);
    }
}
