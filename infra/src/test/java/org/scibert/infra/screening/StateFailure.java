package org.scibert.infra.screening;

/** A state's failure, by the name that retriers match. */
final class StateFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String error;

    StateFailure(String error, String cause) {
        super(error + ": " + cause);
        this.error = error;
    }

    String error() {
        return error;
    }
}
