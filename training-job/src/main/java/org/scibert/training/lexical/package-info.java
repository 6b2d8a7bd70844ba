/**
 * The choice of what a release decides by: its encoder, the words of the texts, or a blend of both; by the scores on
 * dev, never on test.
 *
 * <p>The models themselves are trained elsewhere: the encoder by {@link org.scibert.training.finetune}, the words and
 * the head on the frozen encoder by {@link org.scibert.training.baseline}.
 */
package org.scibert.training.lexical;
