package org.scibert.io;

import java.io.IOException;

/** A {@link java.util.function.Function} that may fail with an {@link IOException}. */
@FunctionalInterface
public interface IoFunction<T, R> {
    R apply(T value) throws IOException;
}
