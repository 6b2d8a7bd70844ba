package org.scibert.training.encoder;

import java.io.IOException;

/** An encoder can't be opened; the message says which, why, and what to use or set instead. */
public class EncoderException extends IOException {
    private static final long serialVersionUID = 1L;

    public EncoderException(String message) {
        super(message);
    }

    public EncoderException(String message, Throwable cause) {
        super(message, cause);
    }
}
