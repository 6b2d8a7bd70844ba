package org.scibert.training.encoder;

import org.scibert.weights.ElementType;

/**
 * A storage as a pickle refers to it.
 *
 * @param name the entry {@code data/NAME} of the zip layout; the name in the legacy layout's list
 * @param type of its elements
 * @param elements how many it holds
 */
record StorageKey(String name, ElementType type, long elements) {
    StorageKey {
        // Names become parts of zip entries' names; torch writes numbers.
        if (!name.matches("[0-9]+")) {
            throw new IllegalArgumentException("storage \"%s\" is not named by a number".formatted(name));
        }
        if (elements < 0 || elements > Integer.MAX_VALUE / type.bytes()) {
            throw new IllegalArgumentException("storage %s holds %d elements of %s; at most 2 GB can be read"
                    .formatted(name, elements, type));
        }
    }

    /** Its size in bytes. */
    int bytes() {
        return (int) elements * type.bytes();
    }
}
