package org.scibert.text;

/** Converts between Java's UTF-16 chars and the code points that native code counts. */
final class Utf16 {
    private Utf16() {}

    /** The UTF-16 index of each code point, and last the text's length: native spans count code points. */
    static int[] indices(String text) {
        int[] indices = new int[text.codePointCount(0, text.length()) + 1];
        for (int i = 0, at = 0; i < indices.length - 1; i++) {
            indices[i] = at;
            at += Character.charCount(text.codePointAt(at));
        }
        indices[indices.length - 1] = text.length();
        return indices;
    }
}
