package org.scibert.training.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.stream.Stream;
import org.scibert.io.FileTree;

/** A folder that appears complete or not at all. */
final class NewFolder {
    private NewFolder() {}

    @FunctionalInterface
    interface Writer {
        /** Fills the folder. */
        void write(Path temporary) throws IOException;
    }

    /**
     * Fills a hidden folder beside the target and renames it.
     *
     * @throws IllegalArgumentException if the target is there and not an empty folder
     */
    static void write(Path target, Writer writer) throws IOException {
        Path folder = target.toAbsolutePath().normalize();
        requireNewOrEmpty(folder);
        Files.createDirectories(folder.getParent());
        Path temporary = Files.createDirectory(folder.resolveSibling(".export-" + UUID.randomUUID()));
        try {
            writer.write(temporary);
            Files.deleteIfExists(folder);
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            FileTree.delete(temporary);
            throw e;
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
}
