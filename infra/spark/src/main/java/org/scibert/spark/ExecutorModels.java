package org.scibert.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.scibert.classifier.Classifier;

/** One classifier for each release in each executor's JVM, shared by its threads and open until the JVM ends. */
final class ExecutorModels {
    private static final Map<ModelAddress, Classifier> OPEN = new ConcurrentHashMap<>();

    private ExecutorModels() {}

    static Classifier get(ModelAddress model) {
        return OPEN.computeIfAbsent(model, address -> {
            try {
                return address.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
