/**
 * Opens pretrained encoders, from a folder, a repository on a Hugging Face hub or a Maven artifact: weights under
 * canonical names, geometry and tokenizer files.
 *
 * <p>Weights are read as data: a checkpoint that asks for any class beyond tensors is refused. Nothing here trains,
 * tokenizes or runs a network.
 */
package org.scibert.training.encoder;
