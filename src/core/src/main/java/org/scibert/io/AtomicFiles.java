package org.scibert.io;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files that appear whole or not at all: written under a hidden name in the same folder, then renamed or linked. */
public final class AtomicFiles {
    private AtomicFiles() {}

    @FunctionalInterface
    public interface Writer {
        /** Creates and fills the file. */
        void write(Path temporary) throws IOException;
    }

    /** Replaces the target, or creates it. */
    public static void replace(Path target, Writer writer) throws IOException {
        Path temporary = temporary(target);
        try {
            writer.write(temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Creates the target by a hard link, which no file system lets two writers do (a rename would replace).
     *
     * @return false if the target exists
     */
    public static boolean create(Path target, Writer writer) throws IOException {
        Path temporary = temporary(target);
        try {
            writer.write(temporary);
            Files.createLink(target, temporary);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Brings a file's content to the disk. */
    public static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Brings a folder's list of names to the disk; Windows does so unasked and lets no one open a folder. */
    public static void forceNames(Path folder) throws IOException {
        if (File.separatorChar == '/') {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static Path temporary(Path target) {
        return target.resolveSibling("." + UUID.randomUUID() + ".part");
    }
}
