package org.scibert.function.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How large a request may be. Each is an environment variable, LIMITS_BODY_BYTES first. */
@ConfigMapping(prefix = "limits")
public interface Limits {
    /** Largest body in bytes, after gzip is undone. 32 texts of 20,000 characters don't fit all at once. */
    @WithDefault("1048576")
    int bodyBytes();

    /** Most texts in a request. More would keep one caller's answer, and everyone's behind it, waiting. */
    @WithDefault("32")
    int texts();

    /** Most texts that are explained in one request: each takes as long as classifying some hundred. */
    @WithDefault("4")
    int explainTexts();

    /** Longest text in UTF-16 units, as spans are counted. Twenty times what a network of 512 tokens reads. */
    @WithDefault("20000")
    int textLength();
}
