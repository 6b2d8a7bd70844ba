package org.scibert.function.api;

import java.util.Map;

/**
 * A request, from HTTP or from a Lambda event.
 *
 * @param method in upper case
 * @param path as it arrived, without the query
 * @param headers by name in lower case; one that came several times has its values with commas between them
 * @param body empty if there is none, null if it is larger than {@link Limits#bodyBytes()} and was not kept; never
 *     modified through this record
 */
public record Request(String method, String path, Map<String, String> headers, byte[] body) {
    /**
     * The value of a header, null if it did not come.
     *
     * @param name in lower case
     */
    public String header(String name) {
        return headers.get(name);
    }
}
