/**
 * The network: a BERT encoder, [CLS] → dropout → linear, and its training step, as TorchScript text that Java packs
 * into an archive and libtorch runs.
 *
 * <p>One text serves training and inference, for any BERT geometry. No tokenizer, no labels, no files of a release:
 * input ids and weights in, logits out.
 */
package org.scibert.network;
