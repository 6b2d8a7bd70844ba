package org.scibert.training.encoder;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import org.scibert.weights.Tensor;

/** A file of weights, by the names in the file; each is read when it is asked for. */
interface Checkpoint extends Closeable {
    /** The file, for messages. */
    String source();

    Set<String> names();

    /** The dimensions of a tensor that {@link #names} lists. */
    long[] shape(String name);

    /** The tensor, of whatever type the file has, in direct memory; it stays valid after {@link #close}. */
    Tensor read(String name) throws IOException;
}
