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
import java.util.stream.Stream;

/**
 * Files and folders that appear whole or not at all: written under a hidden name in the same folder, then renamed or
 * linked.
 */
public final class AtomicFiles {
    private AtomicFiles() {}

    @FunctionalInterface
    public interface Writer {
        /** Creates and fills the file or folder. */
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

    /**
     * Fills a hidden folder beside the target and renames it.
     *
     * @param writer fills the folder, which exists
     * @throws IllegalArgumentException if the target exists and is not an empty folder
     */
    public static void createFolder(Path target, Writer writer) throws IOException {
        Path folder = target.toAbsolutePath().normalize();
        requireNewOrEmpty(folder);
        Files.createDirectories(folder.getParent());
        Path temporary = Files.createDirectory(temporary(folder));
        try {
            writer.write(temporary);
            Files.deleteIfExists(folder);
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTree.delete(temporary);
        }
    }

    private static void requireNewOrEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        boolean empty = false;
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                empty = files.findAny().isEmpty();
            }
        }
        if (!empty) {
            throw new IllegalArgumentException(
                    "%s is there already; name a folder that is new or empty".formatted(folder));
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
