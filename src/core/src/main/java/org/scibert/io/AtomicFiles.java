package org.scibert.io;

import java.io.File;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Files and folders that appear whole or not at all: written under a hidden name beside the target, then renamed or
 * linked. A failure leaves neither the target nor the hidden file.
 */
public final class AtomicFiles {
    private AtomicFiles() {}

    /** Writes a text in UTF-8; replaces the target or creates it. */
    public static void write(Path target, String text) throws IOException {
        write(target, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes; replaces the target or creates it. */
    public static void write(Path target, byte[] content) throws IOException {
        write(target, out -> out.write(content));
    }

    /**
     * Writes what the caller sends to a stream, unbuffered; replaces the target or creates it.
     *
     * @throws FileNotWrittenException if the disk is full or fails; other failures are the caller's own
     */
    public static void write(Path target, IoConsumer<OutputStream> content) throws IOException {
        replace(target, temporary -> {
            try (OutputStream out = output(temporary, target)) {
                content.accept(out);
            }
        });
    }

    /**
     * Replaces the target or creates it.
     *
     * @param writer creates and fills the temporary file that it is given
     */
    public static void replace(Path target, IoConsumer<Path> writer) throws IOException {
        Path temporary = temporary(target);
        try {
            writer.accept(temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Creates the target by a hard link, which no file system lets two writers do (a rename would replace).
     *
     * @param writer creates and fills the temporary file that it is given
     * @return false if the target exists
     */
    public static boolean create(Path target, IoConsumer<Path> writer) throws IOException {
        Path temporary = temporary(target);
        try {
            writer.accept(temporary);
            Files.createLink(target, temporary);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Creates a folder, or fills an empty one. The missing folders above it are created too.
     *
     * @param writer fills the temporary folder that it is given
     * @throws FileSystemException if the target is a file or a folder with something in it
     */
    public static void createFolder(Path target, IoConsumer<Path> writer) throws IOException {
        Path folder = target.toAbsolutePath().normalize();
        Files.createDirectories(folder.getParent());
        Path temporary = Files.createDirectory(temporary(folder));
        try {
            writer.accept(temporary);
            if (Files.isDirectory(folder)) {
                Files.delete(folder);
            }
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTree.delete(temporary);
        }
    }

    /**
     * Opens a stream into a new file, for writers of {@link #replace} and {@link #create}.
     *
     * @param target that the stream's {@link FileNotWrittenException} names in place of the temporary file
     */
    public static OutputStream output(Path temporary, Path target) throws FileNotWrittenException {
        try {
            return new NamingStream(Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW), target);
        } catch (IOException e) {
            throw new FileNotWrittenException(target, e);
        }
    }

    /** Brings a file's content to the disk. */
    public static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Brings a folder's list of names to the disk; Windows does so unasked and does not open folders. */
    public static void forceNames(Path folder) throws IOException {
        if (File.separatorChar == '/' && folder.getFileSystem() == FileSystems.getDefault()) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static Path temporary(Path target) {
        return target.resolveSibling("." + UUID.randomUUID() + ".part");
    }

    /** A stream whose failures name the file. */
    private static final class NamingStream extends FilterOutputStream {
        private final Path file;

        NamingStream(OutputStream out, Path file) {
            super(out);
            this.file = file;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw new FileNotWrittenException(file, e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } catch (IOException e) {
                throw new FileNotWrittenException(file, e);
            }
        }
    }
}
