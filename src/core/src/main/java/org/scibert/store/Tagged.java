package org.scibert.store;

/**
 * A value with the tag of the state that it was read in.
 *
 * @param tag opaque; equal tags mean equal content. An ETag on S3, a SHA-256 in a folder.
 */
public record Tagged<T>(T value, String tag) {}
