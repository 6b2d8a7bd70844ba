/**
 * Text to tokens: input ids, attention mask, tokens and character spans, padded batches.
 *
 * <p>Knows vocabularies and limits; knows no network and no labels.
 */
package org.scibert.text;
