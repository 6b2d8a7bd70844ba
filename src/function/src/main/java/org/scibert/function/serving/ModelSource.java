package org.scibert.function.serving;

import java.io.IOException;
import java.util.Optional;

/** Where the model comes from. Used by one thread at a time. */
public interface ModelSource {
    /**
     * Opens the model, which is the caller's from then on.
     *
     * @param times gets the steps up to the first pass
     * @throws IOException if it can't be had, is not complete or is not what its manifest says
     */
    Model open(LoadTimes times) throws IOException;

    /**
     * Opens the model that has taken the last one's place; empty if none has. To be called after {@link #open}.
     *
     * @param times as with {@link #open}
     * @param beforeOpening runs before a model is opened
     * @throws IOException as with {@link #open}; whether it is tried again next time depends on the reason
     */
    Optional<Model> openIfReplaced(LoadTimes times, Runnable beforeOpening) throws IOException;
}
