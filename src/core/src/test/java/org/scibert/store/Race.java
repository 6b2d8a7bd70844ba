package org.scibert.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that do the same thing at the same time. */
public final class Race {
    private Race() {}

    @FunctionalInterface
    public interface Runner {
        void run(int index) throws Exception;
    }

    /** The failures of those who lost; any other than {@code loss} is thrown. */
    public static List<Exception> losses(int threads, Runner runner, Class<? extends Exception> loss) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Future<Void>> runs = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int index = i;
            runs.add(pool.submit(() -> {
                start.await();
                runner.run(index);
                return null;
            }));
        }
        List<Exception> losses = new ArrayList<>();
        try {
            for (Future<Void> run : runs) {
                try {
                    run.get();
                } catch (ExecutionException e) {
                    if (!loss.isInstance(e.getCause())) {
                        throw e;
                    }
                    losses.add(loss.cast(e.getCause()));
                }
            }
        } finally {
            pool.shutdownNow();
        }
        return losses;
    }
}
