package org.scibert.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** One at a time in a folder: among the processes of a machine by a file lock, among this one's threads by a lock. */
public final class FolderLock {
    /** A file lock belongs to the process: a second thread would get an exception in place of a wait. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private FolderLock() {}

    @FunctionalInterface
    public interface Action<T> {
        T run() throws IOException;
    }

    /** Runs the action while holding {@code folder/.lock}, which stays; the system drops the lock of a dead process. */
    public static <T> T holding(Path folder, Action<T> action) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.toRealPath().resolve(".lock");
        ReentrantLock threads = THREADS.computeIfAbsent(file, f -> new ReentrantLock());
        threads.lock();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            return action.run();
        } finally {
            threads.unlock();
        }
    }
}
