package org.scibert.function.room;

import java.util.List;

/** A classifier in service. Serves any number of threads; none may use it while it is closed. */
public interface Model extends AutoCloseable {
    /** What is known of it. */
    ModelAnswer about();

    /** One result for each text, in order. */
    List<ClassifyAnswer.Result> classify(List<String> texts);

    /** The batch that the network would read. */
    TokenizeAnswer tokenize(List<String> texts);

    @Override
    void close();
}
