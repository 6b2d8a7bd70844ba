/**
 * The API: requests, answers, errors, limits and the OpenAPI document, the same over HTTP and on Lambda.
 *
 * <p>Knows requests and answers as values; knows no HTTP server, no Lambda event and no tensors.
 */
package org.scibert.function.api;
