package org.scibert.training.encoder;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.scibert.weights.Tensor;

/** Tensors under the names that a file gives them. Each is read when it is asked for. */
interface WeightsFile extends Closeable {
    /** The file's path or name, for messages. */
    String source();

    Set<String> names();

    /** The dimensions of a tensor that {@link #names} lists. */
    long[] shape(String name);

    /** The tensor in direct memory, of the file's element type. It stays valid after {@link #close}. */
    Tensor read(String name) throws IOException;

    /** Tensors that are in memory or mapped already. */
    record InMemory(String source, Map<String, Tensor> tensors) implements WeightsFile {
        @Override
        public Set<String> names() {
            return tensors.keySet();
        }

        @Override
        public long[] shape(String name) {
            return tensors.get(name).shape();
        }

        @Override
        public Tensor read(String name) {
            return tensors.get(name);
        }

        @Override
        public void close() {}
    }
}
