package org.scibert.training.datacheck;

/**
 * What follows from findings.
 *
 * @param strict whether errors end the job before anything is learned
 * @param dropLeaks whether training rows that stand in dev or test are left out
 */
public record DataPolicy(boolean strict, boolean dropLeaks) {}
