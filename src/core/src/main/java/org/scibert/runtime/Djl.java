package org.scibert.runtime;

/** Keeps DJL, which binds libtorch and the tokenizers, from the network. */
public final class Djl {
    private Djl() {}

    /**
     * Turns off DJL's report of its use to its makers, and its downloads of native libraries, which it does not verify:
     * they come with the class path or the image. To be called before DJL is first used; a setting that the process
     * was started with stays.
     */
    public static void configure() {
        setUnlessGiven("OPT_OUT_TRACKING", "OPT_OUT_TRACKING");
        setUnlessGiven("ai.djl.offline", "DJL_OFFLINE");
    }

    private static void setUnlessGiven(String property, String variable) {
        if (System.getProperty(property) == null && System.getenv(variable) == null) {
            System.setProperty(property, "true");
        }
    }
}
