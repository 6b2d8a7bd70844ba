/**
 * The model in service: opened from its release when the function starts, replaced by its successor, closed when
 * nobody uses it any more; who may use it, and for how long; the queue in which texts of several requests meet for a
 * forward pass; and the candidate on trial beside it.
 *
 * <p>Knows releases, classifiers and threads; knows no JSON of a request and no HTTP status.
 */
package org.scibert.function.serving;
