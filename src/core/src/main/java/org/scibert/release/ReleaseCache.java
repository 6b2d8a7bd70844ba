package org.scibert.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verified copies of releases on the local disk: {@code NAME/VERSION-DIGEST}, with the start of the manifest's digest.
 *
 * <p>May be shared by processes, and may be read-only if it holds what is asked for.
 */
final class ReleaseCache {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseCache.class);
    private static final int DIGEST_DIGITS = 16;

    private final Path root;

    ReleaseCache(Path root) {
        this.root = root;
    }

    @FunctionalInterface
    interface Source {
        /** Downloads one of the manifest's files. */
        void fetch(String path, Path target) throws IOException;
    }

    /** The copy of the release with this manifest, fetched if there is no whole one. */
    LocalRelease open(Manifest manifest, byte[] manifestBytes, Source source) throws IOException {
        Path names = root.resolve(manifest.name());
        String digest = FileDigest.of(manifestBytes).sha256().substring(0, DIGEST_DIGITS);
        Path folder = names.resolve(manifest.version() + "-" + digest);
        if (!isWhole(folder, manifest, manifestBytes)) {
            FolderLock.holding(names, () -> {
                if (!isWhole(folder, manifest, manifestBytes)) { // still, now that no other process is at it
                    FileTree.delete(folder);
                    fetch(folder, manifest, manifestBytes, source);
                }
                return folder;
            });
        }
        return new LocalRelease(folder, manifest);
    }

    private static boolean isWhole(Path folder, Manifest manifest, byte[] manifestBytes) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try {
            manifest.verify(folder);
            return Arrays.equals(Files.readAllBytes(folder.resolve(Manifest.FILE)), manifestBytes);
        } catch (CorruptReleaseException | NoSuchFileException e) {
            LOG.warn("the copy in {} is broken and is fetched again: {}", folder, e.getMessage());
            return false;
        }
    }

    private static void fetch(Path folder, Manifest manifest, byte[] manifestBytes, Source source) throws IOException {
        requireSpace(folder.getParent(), manifest);
        Path temporary = Files.createTempDirectory(folder.getParent(), ".fetch-");
        try {
            for (String path : manifest.files().keySet()) {
                Path target = temporary.resolve(path);
                Files.createDirectories(target.getParent());
                source.fetch(path, target);
            }
            manifest.verify(temporary);
            Files.write(temporary.resolve(Manifest.FILE), manifestBytes);
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            FileTree.delete(temporary);
            throw e;
        }
    }

    private static void requireSpace(Path folder, Manifest manifest) throws IOException {
        long usable = Files.getFileStore(folder).getUsableSpace();
        if (usable < manifest.totalBytes()) {
            throw new ReleaseException("%s %s needs %d bytes in %s, %d are free; free some or use another folder"
                    .formatted(manifest.name(), manifest.version(), manifest.totalBytes(), folder, usable));
        }
    }
}
