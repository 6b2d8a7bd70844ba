package org.scibert.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock on a folder: a file lock among the processes of a machine, a {@link ReentrantLock} among one's own threads.
 */
public final class FolderLock {
    /** A file lock belongs to the process: a second thread would get an exception instead of waiting. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private FolderLock() {}

    /**
     * Runs the action while holding {@code folder/.lock}. The file stays; the system drops the lock of a dead process.
     */
    public static <T> T holding(Path folder, IoSupplier<T> action) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.toRealPath().resolve(".lock");
        ReentrantLock threads = THREADS.computeIfAbsent(file, f -> new ReentrantLock());
        threads.lock();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            return action.get();
        } finally {
            threads.unlock();
        }
    }
}
