package org.scibert.function.room;

/**
 * Which model answered.
 *
 * @param name of the classifier, the same over its releases
 * @param version of the release
 */
public record ModelVersion(String name, String version) {}
