package org.scibert.release;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.scibert.io.AtomicFiles;
import org.scibert.io.FileDigest;
import org.scibert.io.FileErrors;
import org.scibert.io.FileTree;
import org.scibert.io.FolderLock;
import org.scibert.io.IoFunction;
import org.scibert.io.TemporaryFolder;
import org.scibert.io.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verified copies of releases on the local disk: {@code NAME/VERSION-DIGEST}, with the start of the manifest's digest.
 *
 * <p>A copy holds what was asked for so far: of the weights often one precision only. Of each name two copies are kept,
 * the one opened now and the one opened before, and any that another process uses; the others make room for the next.
 * The cache may be shared by processes, and may be read-only if it holds what is asked for.
 */
final class ReleaseCache {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseCache.class);
    private static final int DIGEST_DIGITS = 16;
    private static final String UNFINISHED = ".fetch-";
    /** The one that is opened is kept besides. */
    private static final int OTHERS_KEPT = 1;

    private final Path root;

    ReleaseCache(Path root) {
        this.root = root;
    }

    /** The copy of the release with this manifest; what is wanted of it, and missing or broken, is fetched. */
    LocalRelease open(
            Manifest manifest,
            byte[] manifestBytes,
            IoFunction<LocalRelease, List<String>> choice,
            PublishedVersions published)
            throws IOException {
        String digest = FileDigest.of(manifestBytes).sha256().substring(0, DIGEST_DIGITS);
        Path folder = root.resolve(manifest.name()).resolve(manifest.version() + "-" + digest);
        LocalRelease release = new LocalRelease(folder, manifest);
        List<String> small = new ArrayList<>(manifest.files().keySet());
        small.removeAll(manifest.weights());
        boolean leased = lease(folder);
        boolean opened = false;
        try {
            bring(small, release, published);
            bringManifest(manifestBytes, folder);
            bring(choice.apply(release), release, published);
            markOpened(folder);
            opened = true;
            return release;
        } catch (FileSystemException e) {
            throw new ReleaseException(
                    Text.format(
                            "%s %s cannot be kept in %s (%s); check that folder's permissions and space, or use"
                                    + " another",
                            manifest.name(), manifest.version(), root, FileErrors.describe(e)),
                    e);
        } finally {
            if (leased && !opened) {
                // The lease would otherwise take the place of one that is in service.
                CopyLeases.in(folder.getParent()).end(folder.getFileName().toString());
            }
        }
    }

    /**
     * Takes a lease on a copy. A cache that cannot be written needs none: nothing is deleted from it.
     *
     * @return whether this process has a lease that it did not have before
     */
    private static boolean lease(Path copy) {
        try {
            return CopyLeases.in(Files.createDirectories(copy.getParent())).take(copy.getFileName().toString());
        } catch (IOException e) {
            LOG.debug("no lease on {}: {}", copy, FileErrors.describe(e));
            return false;
        }
    }

    private static void bring(List<String> wanted, LocalRelease release, PublishedVersions published)
            throws IOException {
        if (!missing(wanted, release).isEmpty()) {
            // Under the lock they are looked for again: another process may have fetched them meanwhile.
            FolderLock.holding(copies(release), () -> {
                fetch(missing(wanted, release), release, published);
                return null;
            });
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
            }
        }
        return missing;
    }

    /** Each file appears in the copy whole and verified, or not at all. */
    private static void fetch(List<String> paths, LocalRelease release, PublishedVersions published)
            throws IOException {
        Manifest manifest = release.manifest();
        makeRoom(manifest.bytes(paths), release);
        try (TemporaryFolder temporary = TemporaryFolder.createIn(copies(release), UNFINISHED)) {
            for (String path : paths) {
                Path fetched = temporary.path().resolve(path);
                Files.createDirectories(fetched.getParent());
                published.fetch(manifest, path, fetched);
                manifest.verify(fetched, path);
            }
            for (String path : paths) {
                Path target = release.folder().resolve(path);
                if (Files.exists(target)) {
                    LOG.warn("{} was broken and is replaced", target);
                }
                Files.createDirectories(target.getParent());
                Files.move(temporary.path().resolve(path), target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** Deletes what killed downloads left, then old copies: those beyond the two, and more if the disk is too full. */
    private static void makeRoom(long needed, LocalRelease release) throws IOException {
        Path folder = copies(release);
        for (Path left : entries(folder, path -> path.getFileName().toString().startsWith(UNFINISHED))) {
            FileTree.delete(left); // the lock is held: nobody else is fetching
        }
        Deque<Path> others = new ArrayDeque<>(entries(
                folder, path -> !path.getFileName().toString().startsWith(".") && !path.equals(release.folder())));
        while (others.size() > OTHERS_KEPT || (!others.isEmpty() && usable(folder) < needed)) {
            delete(others.removeFirst());
        }
        long usable = usable(folder);
        if (usable < needed) {
            throw new ReleaseException(Text.format(
                    "%s %s needs %s bytes in %s, %s are free; free some or use another folder",
                    release.manifest().name(), release.manifest().version(), needed, folder, usable));
        }
    }

    /** A copy that cannot be deleted costs space, not the release that is opened. */
    private static void delete(Path copy) {
        try {
            CopyLeases.in(copy.getParent()).delete(copy.getFileName().toString());
        } catch (IOException e) {
            LOG.warn("{} is not needed any more and cannot be deleted: {}", copy, FileErrors.describe(e));
        }
    }

    /** Folders in a folder, the one opened longest ago first. */
    private static List<Path> entries(Path folder, Predicate<Path> which) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(which)
                    .filter(Files::isDirectory)
                    .sorted(Comparator.comparing(ReleaseCache::lastOpened).thenComparing(Path::toString))
                    .toList();
        }
    }

    private static FileTime lastOpened(Path copy) {
        try {
            return Files.getLastModifiedTime(copy);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static void markOpened(Path copy) {
        try {
            Files.setLastModifiedTime(copy, FileTime.from(Instant.now()));
        } catch (IOException e) {
            LOG.debug("{} cannot be marked as used: {}", copy, FileErrors.describe(e));
        }
    }

    private static long usable(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private static Path copies(LocalRelease release) {
        return release.folder().getParent();
    }
}
