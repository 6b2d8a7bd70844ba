package org.scibert.training.encoder;

/** No answer from the hub, however often it was asked. */
final class HubUnreachableException extends EncoderException {
    private static final long serialVersionUID = 1L;

    HubUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
