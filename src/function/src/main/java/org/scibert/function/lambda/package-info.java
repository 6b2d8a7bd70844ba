/**
 * Requests on AWS Lambda: events of a Function URL, and direct invocations through Lambda's own API.
 *
 * <p>Translates only; what is allowed and what is answered is decided in {@link org.scibert.function.api}. No event
 * goes through the HTTP server.
 */
package org.scibert.function.lambda;
