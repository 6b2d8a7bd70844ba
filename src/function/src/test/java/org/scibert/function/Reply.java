package org.scibert.function;

import java.util.Map;
import java.util.TreeMap;

/** A reply over HTTP or from Lambda; headers in lower case. */
record Reply(int status, Map<String, String> headers, String body) {
    /** The headers that are the same over HTTP and on Lambda: all but the body's length and how long the work took. */
    Map<String, String> comparedHeaders() {
        Map<String, String> compared = new TreeMap<>(headers);
        compared.remove("content-length");
        compared.remove("transfer-encoding");
        compared.remove("server-timing");
        return compared;
    }
}
