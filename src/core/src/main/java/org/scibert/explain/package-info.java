/**
 * Explanations: what each word and sentence of a text contributes to one logit of a release in use.
 *
 * <p>Knows classifiers; does not know requests, and gives no reason beyond the network's own arithmetic: a contribution
 * says what the logit would do without a word, not why.
 */
package org.scibert.explain;
