package org.scibert.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadsTest {
    private final ExecutorService one = Executors.newSingleThreadExecutor();
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void leaveTheNumberAsItWas() {
        JniUtils.setNumThreads(Runtime.getRuntime().availableProcessors());
        one.shutdown();
        other.shutdown();
    }

    /** libtorch alone would give a thread that has said 3, and computed nothing yet, the 1 of another. */
    @Test
    void eachThreadKeepsTheNumberThatItHasSaid() throws Exception {
        assertThat(said(one, 3)).isEqualTo(3);
        assertThat(said(other, 1)).isEqualTo(1);

        assertThat(one.submit((Callable<Integer>) JniUtils::getNumThreads).get()).isEqualTo(3);
        assertThat(said(one, 2)).isEqualTo(2);
        assertThat(other.submit((Callable<Integer>) JniUtils::getNumThreads).get()).isEqualTo(1);
    }

    private static int said(ExecutorService thread, int threads) throws Exception {
        thread.submit(() -> Threads.use(threads)).get();
        return thread.submit((Callable<Integer>) JniUtils::getNumThreads).get();
    }
}
