package org.scibert.release;

import java.io.IOException;
import java.util.List;

/** Which weights of a release to bring: each is large, and one is enough to serve. */
@FunctionalInterface
public interface WeightsChoice {

    /**
     * @param small the release with all its other files, verified
     * @return some of {@link Manifest#weights}
     */
    List<String> choose(LocalRelease small) throws IOException;
}
