/**
 * The function: a released classifier that answers over HTTP and as an AWS Lambda behind a Function URL.
 *
 * <p>{@link org.scibert.function.http} and {@link org.scibert.function.lambda} turn what arrives into a request,
 * {@link org.scibert.function.api} checks and answers it in the same way for both, {@link org.scibert.function.serving}
 * keeps the model in service and does the work, {@link org.scibert.function.telemetry} measures it.
 */
package org.scibert.function;
