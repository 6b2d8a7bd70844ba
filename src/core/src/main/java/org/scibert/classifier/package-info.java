/**
 * A release opened for use: text in, classification out.
 *
 * <p>Joins {@link org.scibert.text}, {@link org.scibert.network} and {@link org.scibert.decision}; the function and the
 * training job both classify through it, and read long texts in the same windows.
 */
package org.scibert.classifier;
