/**
 * Experiment trackers that hear a training: TensorBoard's event files and MLflow's tracking server.
 *
 * <p>They get numbers, settings and names of labels, never a text, and none of their failures ends a training.
 */
package org.scibert.training.tracking;
