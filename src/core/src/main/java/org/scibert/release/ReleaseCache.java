package org.scibert.release;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scibert.io.AtomicFiles;
import org.scibert.io.FileDigest;
import org.scibert.io.FileTree;
import org.scibert.io.FolderLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verified copies of releases on the local disk: {@code NAME/VERSION-DIGEST}, with the start of the manifest's digest.
 *
 * <p>A copy holds what was asked for so far: of the weights often one precision only. May be shared by processes, and
 * may be read-only if it holds what is asked for.
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

    /** The copy of the release with this manifest; what is missing or broken of it, and wanted, is fetched. */
    LocalRelease open(Manifest manifest, byte[] manifestBytes, WeightsChoice choice, Source source)
            throws IOException {
        String digest = FileDigest.of(manifestBytes).sha256().substring(0, DIGEST_DIGITS);
        Path folder = root.resolve(manifest.name()).resolve(manifest.version() + "-" + digest);
        LocalRelease release = new LocalRelease(folder, manifest);
        List<String> small = new ArrayList<>(manifest.files().keySet());
        small.removeAll(manifest.weights());
        try {
            bring(small, release, source);
            bringManifest(manifestBytes, folder);
            bring(choice.choose(release), release, source);
            return release;
        } catch (FileSystemException e) {
            throw new ReleaseException(
                    "%s %s cannot be kept in %s (%s); check that folder's permissions and space, or use another"
                            .formatted(manifest.name(), manifest.version(), root, e), e);
        }
    }

    private static void bring(List<String> wanted, LocalRelease release, Source source) throws IOException {
        if (!missing(wanted, release).isEmpty()) {
            // Under the lock they are looked for again: another process may have fetched them meanwhile.
            FolderLock.holding(names(release), () -> fetch(missing(wanted, release), release, source));
        }
    }

    private static void bringManifest(byte[] bytes, Path folder) throws IOException {
        Path copy = folder.resolve(Manifest.FILE);
        if (!Files.exists(copy) || !Arrays.equals(Files.readAllBytes(copy), bytes)) {
            Files.createDirectories(folder);
            AtomicFiles.write(copy, bytes);
        }
    }

    /** Those of the wanted files that the copy lacks, or has with other bytes. */
    private static List<String> missing(List<String> wanted, LocalRelease release) throws IOException {
        List<String> missing = new ArrayList<>();
        for (String path : wanted) {
            try {
                release.manifest().verify(release.folder().resolve(path), path);
            } catch (CorruptReleaseException e) {
                missing.add(path);
                if (Files.exists(release.folder().resolve(path))) {
                    LOG.warn("a copy is broken and is fetched again: {}", e.difference());
                }
            }
        }
        return missing;
    }

    /** Each file appears in the copy whole and verified, or not at all. */
    private static LocalRelease fetch(List<String> paths, LocalRelease release, Source source) throws IOException {
        Manifest manifest = release.manifest();
        requireSpace(paths, release);
        Path temporary = Files.createTempDirectory(names(release), ".fetch-");
        try {
            for (String path : paths) {
                Path fetched = temporary.resolve(path);
                Files.createDirectories(fetched.getParent());
                source.fetch(path, fetched);
                manifest.verify(fetched, path);
            }
            for (String path : paths) {
                Path target = release.folder().resolve(path);
                Files.createDirectories(target.getParent());
                Files.move(temporary.resolve(path), target, StandardCopyOption.ATOMIC_MOVE);
            }
            return release;
        } finally {
            FileTree.delete(temporary);
        }
    }

    private static void requireSpace(List<String> paths, LocalRelease release) throws IOException {
        Manifest manifest = release.manifest();
        Path folder = names(release);
        long needed = manifest.bytes(paths);
        long usable = Files.getFileStore(folder).getUsableSpace();
        if (usable < needed) {
            throw new ReleaseException("%s %s needs %d bytes in %s, %d are free; free some or use another folder"
                    .formatted(manifest.name(), manifest.version(), needed, folder, usable));
        }
    }

    private static Path names(LocalRelease release) {
        return release.folder().getParent();
    }
}
