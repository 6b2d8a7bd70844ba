/**
 * Whether a published version is put in service: compared with the one that is, on the same rows; the pointer moves
 * only if it holds its own, and the decision is stored with its numbers.
 *
 * <pre>
 * NAME/decisions/VERSION.json            the {@link org.scibert.training.promotion.PromotionDecision}, written once
 * </pre>
 *
 * <p>Knows no training; what a release says of rows is given to it.
 */
package org.scibert.training.promotion;

