/**
 * A study of hyperparameters: which configurations there are, which of them is trained next and how far, and what they
 * showed. Pure functions and values; nothing here trains.
 */
package org.scibert.training.study;
