package org.scibert.text;

import java.io.IOException;

/** A vocabulary or tokenizer.json that does not fit its encoder; the message names file, value and what was wanted. */
public class TokenizerException extends IOException {
    private static final long serialVersionUID = 1L;

    public TokenizerException(String message) {
        super(message);
    }

    public TokenizerException(String message, Throwable cause) {
        super(message, cause);
    }
}
