package org.scibert.training.checkpoint;

import java.io.IOException;

/** A checkpoint differs from what was written, or lacks a file. */
final class CorruptCheckpointException extends IOException {
    private static final long serialVersionUID = 1L;

    CorruptCheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
