package org.scibert.training.cli;

/** What is read of a text with more tokens than the model reads at once. */
enum OnTooLong {
    /** Its beginning. */
    CUT,
    /** All, in windows that overlap. */
    WINDOW
}
