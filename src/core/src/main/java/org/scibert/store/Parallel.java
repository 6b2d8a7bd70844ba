package org.scibert.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.scibert.io.IoSupplier;

/** Runs the parts of one transfer on a few threads. */
final class Parallel {
    /** What a blocked socket takes to time out. */
    private static final int STOP_SECONDS = 30;

    private Parallel() {}

    /**
     * Runs all parts; the first failure stops the others and is thrown.
     *
     * @return the parts' results, in the parts' order
     */
    static <T> List<T> run(int parallelism, List<IoSupplier<T>> parts) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(parallelism);
        try {
            CompletionService<T> done = new ExecutorCompletionService<>(threads);
            List<Future<T>> running = new ArrayList<>();
            for (IoSupplier<T> part : parts) {
                running.add(done.submit(part::get));
            }
            for (int i = 0; i < running.size(); i++) {
                done.take().get();
            }
            List<T> results = new ArrayList<>();
            for (Future<T> part : running) {
                results.add(part.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw cause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted during a transfer").initCause(e);
        } finally {
            stop(threads);
        }
    }

    private static IOException cause(ExecutionException e) {
        if (e.getCause() instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return (IOException) e.getCause();
    }

    /** Waits for the parts in transfer, so that none writes after the caller has cleaned up. */
    private static void stop(ExecutorService threads) {
        threads.shutdownNow();
        try {
            threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
