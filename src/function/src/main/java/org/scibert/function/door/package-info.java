/**
 * The ways in: Funqy over HTTP, and events of a Lambda Function URL.
 *
 * <p>A door translates; what is allowed and what is answered is decided in {@link org.scibert.function.room}. Neither
 * door goes through the other's socket.
 */
package org.scibert.function.door;
