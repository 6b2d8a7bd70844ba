package org.scibert.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A new folder that is deleted with its content when it is closed.
 *
 * @param path the folder
 */
public record TemporaryFolder(Path path) implements AutoCloseable {

    /** Creates a folder where the system keeps temporary files. */
    public static TemporaryFolder create(String prefix) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(prefix));
    }

    /** Creates a folder in {@code parent}, so that a rename moves files from one to the other. */
    public static TemporaryFolder createIn(Path parent, String prefix) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(parent, prefix));
    }

    @Override
    public void close() throws IOException {
        FileTree.delete(path);
    }
}
