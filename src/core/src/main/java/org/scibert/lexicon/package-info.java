/**
 * The words' part of a released model: TF-IDF of words and pairs of words, a linear weight of each for each logit, and
 * the blend of that logit with the network's.
 *
 * <p>Training and serving cut texts into words here and nowhere else. Plain Java without libtorch: the same text has
 * the same bits on every machine. Weights are learnt by the training job; calibration and thresholds, which follow the
 * blend, are of {@link org.scibert.decision}.
 */
package org.scibert.lexicon;
