package org.scibert.function.api;

import java.util.Map;

/**
 * The answer to a {@link Request}.
 *
 * @param status HTTP's
 * @param headers Content-Type among them; in order
 * @param body UTF-8 text; never modified through this record
 */
public record Response(int status, Map<String, String> headers, byte[] body) {}
