package org.scibert.infra;

import java.io.IOException;
import java.util.Locale;

/** Node.js, in which CDK runs beneath its Java classes. */
public final class Node {
    private Node() {}

    /**
     * @throws IllegalStateException if there is none, or it doesn't answer; CDK's own message doesn't say what to do
     */
    public static void require() {
        require(System.getenv().getOrDefault("JSII_NODE", "node"));
    }

    static void require(String node) {
        try {
            int exit = new ProcessBuilder(node, "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor();
            if (exit != 0) {
                throw missing(node, "it ended with exit code " + exit, null);
            }
        } catch (IOException e) {
            throw missing(node, e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw missing(node, "interrupted", e);
        }
    }

    private static IllegalStateException missing(String node, String what, Exception cause) {
        return new IllegalStateException(String.format(Locale.ROOT,
                "CDK needs Node.js, 22 or newer, and \"%s\" did not run (%s); install it, or "
                + "set JSII_NODE to its path",
                node, what), cause);
    }
}
