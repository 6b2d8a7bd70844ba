/**
 * The model in service: opened from its release when the function starts, closed when nobody uses it any more.
 *
 * <p>Knows releases and classifiers; knows no requests.
 */
package org.scibert.function.model;
