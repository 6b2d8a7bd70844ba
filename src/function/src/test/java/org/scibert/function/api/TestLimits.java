package org.scibert.function.api;

/** Limits as a test wants them. */
record TestLimits(int bodyBytes, int texts, int explainTexts, int textLength) implements Limits {
    static final TestLimits SMALL = new TestLimits(1000, 4, 2, 100);
}
