package org.scibert.function.api;

/**
 * A request, from HTTP or from a Lambda event.
 *
 * @param method in upper case
 * @param path as it arrived, without the query
 * @param contentType null if there was none
 * @param contentEncoding null if there was none
 * @param body empty if there is none, null if it is larger than {@link Limits#bodyBytes()} and was not kept; never
 *     modified through this record
 */
public record Request(String method, String path, String contentType, String contentEncoding, byte[] body) {}
