package org.scibert.store;

/**
 * What was read, and the mark of the state it was read in.
 *
 * @param tag opaque; equal tags mean equal content. An ETag on S3, a SHA-256 in a folder.
 */
public record Tagged<T>(T value, String tag) {}
