package org.scibert.release;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.scibert.io.FileTree;

/**
 * The copies in one folder of a cache that this process uses: the two that it opened last, which are the one in service
 * and the one before. No process deletes a copy that another has a lease on; the system ends the leases of a dead one.
 *
 * <p>A lease is a lock on one byte of {@code .in-use}, at the place that the copy's name gives. The file stays open: on
 * Linux, closing it once would drop all of the process's locks.
 */
final class CopyLeases {
    private static final int KEPT = 2;
    private static final Map<Path, CopyLeases> BY_FOLDER = new ConcurrentHashMap<>();

    private final Path folder;
    private final Path path;
    private final FileChannel file;
    /** By the copy's name, the one opened last at the end. */
    private final Map<String, Optional<FileLock>> held = new LinkedHashMap<>();

    private CopyLeases(Path folder) throws IOException {
        this.folder = folder;
        this.path = folder.resolve(".in-use");
        this.file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** The leases in this existing folder. */
    static synchronized CopyLeases in(Path folder) throws IOException {
        CopyLeases known = BY_FOLDER.get(folder);
        if (known == null || !Files.exists(known.path)) {
            known = new CopyLeases(folder);
            BY_FOLDER.put(folder, known);
        }
        return known;
    }

    /**
     * Takes a lease on a copy, and ends that on the one opened before the last.
     *
     * @return false if this process had it already
     */
    synchronized boolean take(String copy) throws IOException {
        boolean had = held.containsKey(copy);
        Optional<FileLock> lease = had ? held.remove(copy) : lock(copy);
        held.put(copy, lease);
        Iterator<Optional<FileLock>> oldest = held.values().iterator();
        while (held.size() > KEPT) {
            Optional<FileLock> ended = oldest.next();
            oldest.remove();
            release(ended);
        }
        return !had;
    }

    /** Ends the lease on a copy that could not be opened. */
    synchronized void end(String copy) throws IOException {
        if (held.containsKey(copy)) {
            release(held.remove(copy));
        }
    }

    /**
     * Deletes a copy unless it is in use.
     *
     * @return whether it is deleted
     */
    synchronized boolean delete(String copy) throws IOException {
        if (held.containsKey(copy)) {
            return false;
        }
        try (FileLock lease = file.tryLock(place(copy), 1, false)) {
            if (lease == null) {
                return false;
            }
            FileTree.delete(folder.resolve(copy));
            return true;
        } catch (OverlappingFileLockException e) {
            return false; // in use by another class loader's copy of this class
        }
    }

    /** @return empty if another class loader's copy of this class has the lock, which belongs to the whole process */
    private Optional<FileLock> lock(String copy) throws IOException {
        try {
            return Optional.of(file.lock(place(copy), 1, true));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static void release(Optional<FileLock> lease) throws IOException {
        if (lease.isPresent()) {
            lease.get().release();
        }
    }

    /** Two names in one place, which is as unlikely as two equal digests, would only be kept longer. */
    private static long place(String copy) {
        String digits = copy.substring(copy.lastIndexOf('-') + 1);
        return Long.parseUnsignedLong(digits, 16) >>> 2; // a lock's place is at most 2^63 - 1
    }
}
