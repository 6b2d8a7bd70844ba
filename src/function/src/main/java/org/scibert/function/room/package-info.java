/**
 * What both doors share: the functions, what they take and give, limits and refusals.
 *
 * <p>Knows requests and answers as values; knows no HTTP server, no Lambda and no tensors.
 */
package org.scibert.function.room;
