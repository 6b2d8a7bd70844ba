package org.scibert.release;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
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
        try {
            if (flaw(folder, manifest, manifestBytes).isPresent()) {
                FolderLock.holding(names, () -> repair(folder, manifest, manifestBytes, source));
            }
            return new LocalRelease(folder, manifest);
        } catch (FileSystemException e) {
            throw new ReleaseException(
                    "%s %s cannot be kept in %s (%s); check that folder's permissions and space, or use another"
                            .formatted(manifest.name(), manifest.version(), root, e), e);
        }
    }

    /** Runs under the lock, and so looks again: another process may have fetched it meanwhile. */
    private static Path repair(Path folder, Manifest manifest, byte[] manifestBytes, Source source) throws IOException {
        Optional<String> flaw = flaw(folder, manifest, manifestBytes);
        if (flaw.isPresent()) {
            if (Files.exists(folder)) {
                LOG.warn("the copy in {} is broken and is fetched again: {}", folder, flaw.get());
                FileTree.delete(folder);
            }
            fetch(folder, manifest, manifestBytes, source);
        }
        return folder;
    }

    /** What makes the copy useless; empty if it is whole. */
    private static Optional<String> flaw(Path folder, Manifest manifest, byte[] manifestBytes) throws IOException {
        try {
            manifest.verify(folder);
        } catch (CorruptReleaseException e) {
            return Optional.of(e.difference());
        }
        Path copy = folder.resolve(Manifest.FILE);
        boolean same = Files.exists(copy) && Arrays.equals(Files.readAllBytes(copy), manifestBytes);
        return same ? Optional.empty() : Optional.of(Manifest.FILE + " is another");
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
