package org.scibert.function.model;

import java.io.IOException;
import org.scibert.function.room.Model;

/** Where the model comes from. */
public interface ModelSource {
    /**
     * Opens the model, which is the caller's from then on.
     *
     * @throws IOException if it can't be had, is not complete or is not what its manifest says
     */
    Model open() throws IOException;
}
