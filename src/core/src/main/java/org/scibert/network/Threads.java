package org.scibert.network;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import org.scibert.runtime.Djl;

/** The threads that libtorch computes with. */
public final class Threads {
    private static final ThreadLocal<Integer> OF_THIS_THREAD = new ThreadLocal<>();

    static {
        Djl.configure();
    }

    private Threads() {}

    /**
     * Has the calls of this thread compute with a team of so many threads, itself included. OpenMP keeps the number and
     * the team for each thread that calls; with 1 there is no team. A thread that never says takes the number that
     * another has said last: in a process where one does, each thread should that calls a network.
     */
    public static void use(int threads) {
        if (OF_THIS_THREAD.get() == null || OF_THIS_THREAD.get() != threads) {
            Engine.getEngine("PyTorch"); // loads libtorch
            // The first question of a thread, or its first operator, takes the number that any thread has said last.
            JniUtils.getNumThreads();
            JniUtils.setNumThreads(threads);
            OF_THIS_THREAD.set(threads);
        }
    }
}
