/**
 * Whether the texts that a release is asked about are still like those that it was measured on: numbers of each text,
 * the release's own numbers on dev, and the distance between the two.
 *
 * <p>Knows decisions and encodings; keeps no text. The training job writes the reference, the function compares.
 */
package org.scibert.drift;
