package org.scibert.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Runs the parts of one transfer on a few threads. */
final class Parallel {
    /** What a blocked socket takes to time out. */
    private static final int STOP_SECONDS = 30;

    private Parallel() {}

    @FunctionalInterface
    interface Part {
        void transfer() throws IOException;
    }

    /** Returns when all parts are done; the first failure stops the others and is thrown. */
    static void run(int parallelism, List<Part> parts) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(parallelism);
        try {
            CompletionService<Void> done = new ExecutorCompletionService<>(threads);
            for (Part part : parts) {
                done.submit(() -> {
                    part.transfer();
                    return null;
                });
            }
            for (int i = 0; i < parts.size(); i++) {
                done.take().get();
            }
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
