package org.scibert.release;

/** Another version was put in service since the caller decided, so that the decision may no longer hold. */
public final class PromotionConflictException extends ReleaseException {
    private static final long serialVersionUID = 1L;

    public PromotionConflictException(String message, Throwable cause) {
        super(message, cause);
    }
}
