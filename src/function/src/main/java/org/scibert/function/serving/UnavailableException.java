package org.scibert.function.serving;

/** A request that can't be served now, though the same request may be a little later. The message is for its caller. */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a request can't be served. */
    public enum Reason {
        /** As many requests as may be are worked on or wait. */
        OVERLOADED,
        /** The request's deadline passed. */
        DEADLINE_EXCEEDED,
        /** No model is in service, or the function ends. */
        NOT_READY,
        /** The caller has closed the connection; nobody gets the refusal. */
        ABANDONED
    }

    private final Reason reason;

    UnavailableException(Reason reason, String message) {
        // Thrown often under load, and never a fault to trace: a stack trace would cost more than the answer.
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
