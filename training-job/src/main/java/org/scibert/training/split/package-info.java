/**
 * One file of labelled rows, divided: into train, dev and test, or into folds of which each is answered by a model that
 * was not trained on it. Rows about one work stay together, and a row keeps its split when the file grows.
 *
 * <p>Knows rows and their labels; reads no references, trains and measures nothing.
 */
package org.scibert.training.split;
