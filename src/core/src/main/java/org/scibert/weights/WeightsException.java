package org.scibert.weights;

import java.io.IOException;

/** A weights file that is not what its format or its configuration says; the message names file, value and limit. */
public class WeightsException extends IOException {
    private static final long serialVersionUID = 1L;

    public WeightsException(String message) {
        super(message);
    }

    public WeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}
