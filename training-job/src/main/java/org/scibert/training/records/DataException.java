package org.scibert.training.records;

import java.io.IOException;
import java.nio.file.Path;
import org.scibert.io.Text;

/** Data that can't be read, learned from or classified; the message names file, line where there is one, and reason. */
public class DataException extends IOException {
    private static final long serialVersionUID = 1L;

    public DataException(Path file, String reason) {
        super(file + ": " + reason);
    }

    /** @param line counted from 1 */
    public DataException(Path file, int line, String reason) {
        super(Text.format("%s line %s: %s", file, line, reason));
    }
}
