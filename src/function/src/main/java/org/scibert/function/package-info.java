/**
 * The function: a released classifier that answers over HTTP and as an AWS Lambda behind a Function URL.
 *
 * <p>{@link org.scibert.function.door} turns what arrives into a call, {@link org.scibert.function.room} checks and
 * answers it the same way whichever door it came through, {@link org.scibert.function.model} keeps the model in
 * service.
 */
package org.scibert.function;
