package org.scibert.store;

import java.util.regex.Pattern;
import org.scibert.io.Text;

/**
 * The name of an object in a store: segments joined by '/', as in {@code animals/releases/…/config.json}.
 *
 * <p>A segment is 1 to 128 of {@code A-Z a-z 0-9 . _ -} and begins with a letter or digit, so that a key is a harmless
 * relative path on every file system: no {@code ..}, no hidden file, no backslash, nothing to escape in a URL.
 *
 * @param path at most 512 characters
 */
public record ObjectKey(String path) implements Comparable<ObjectKey> {
    private static final int MAX_LENGTH = 512;
    private static final String SEGMENT = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";
    private static final Pattern SEGMENTS = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")*");

    public ObjectKey {
        if (!isValid(path)) {
            throw new IllegalArgumentException(
                    Text.format(
                            "\"%s\" cannot name an object; use up to %s letters, digits, '.', '_', '-' in segments"
                                    + " joined by '/', each of at most 128 and beginning with a letter or digit",
                            path, MAX_LENGTH));
        }
    }

    /** Whether a path can name an object. */
    static boolean isValid(String path) {
        return path.length() <= MAX_LENGTH && SEGMENTS.matcher(path).matches();
    }

    /**
     * The key under this one.
     *
     * @param relative one or more segments
     */
    public ObjectKey resolve(String relative) {
        return new ObjectKey(path + "/" + relative);
    }

    /** Compares by path, which puts a folder's keys together. */
    @Override
    public int compareTo(ObjectKey other) {
        return path.compareTo(other.path);
    }

    @Override
    public String toString() {
        return path;
    }
}
