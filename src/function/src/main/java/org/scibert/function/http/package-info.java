/**
 * Requests over HTTP: Quarkus Funqy and the routes around it.
 *
 * <p>Translates only; what is allowed and what is answered is decided in {@link org.scibert.function.api}.
 */
package org.scibert.function.http;
