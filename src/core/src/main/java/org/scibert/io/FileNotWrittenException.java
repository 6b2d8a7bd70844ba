package org.scibert.io;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file cannot be written, mostly because its disk is full; the message names the file, which the system's does not.
 */
public final class FileNotWrittenException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    public FileNotWrittenException(Path file, IOException cause) {
        super(file.toString(), null, reason(file, cause));
        initCause(cause);
    }

    /** As {@link FileSystemException} writes it, but as a sentence. */
    @Override
    public String getMessage() {
        return Text.format("%s cannot be written: %s", getFile(), getReason());
    }

    /** The system's reason may be in any language, so the free space stands beside it. */
    private static String reason(Path file, IOException cause) {
        String reason = cause instanceof FileSystemException of && of.getReason() != null
                ? of.getReason()
                : String.valueOf(cause.getMessage());
        try {
            long free = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
            return Text.format("%s (%s bytes are free there); make room, or name another folder", reason, free);
        } catch (IOException e) {
            return reason + "; make room, or name another folder";
        }
    }
}
