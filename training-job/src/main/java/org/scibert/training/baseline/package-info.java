/**
 * An honest baseline for every job: TF-IDF with logistic regression, trained on the same rows, decided and measured as
 * the encoder is, so that a user sees whether the encoder is worth its cost.
 *
 * <p>The baseline is not released and nothing is chosen by its scores. Its numbers equal those of scikit-learn's {@code
 * TfidfVectorizer} and {@code LogisticRegression} on the same rows.
 */
package org.scibert.training.baseline;
