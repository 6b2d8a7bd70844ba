package org.scibert.function.room;

import java.util.List;

/** Whether texts are within the limits, and have something to read in them. */
final class Texts {
    private Texts() {}

    /**
     * Checks all texts of a request.
     *
     * @param texts null if there was no request but JSON's null
     * @throws Refusal that names the first text, counted from 0, that is not as it should be
     */
    static void check(List<String> texts, Limits limits) {
        if (texts == null) {
            throw new Refusal(Problem.WRONG_TYPE, TextFields.NOT_AN_OBJECT + "null");
        }
        if (texts.isEmpty()) {
            throw new Refusal(Problem.NO_TEXT, "\"texts\" is empty; give at least one");
        }
        if (texts.size() > limits.texts()) {
            throw new Refusal(Problem.TOO_MANY_TEXTS,
                    "%d texts are more than the %d of one request".formatted(texts.size(), limits.texts()));
        }
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (text.length() > limits.textLength()) {
                throw new Refusal(Problem.TEXT_TOO_LONG, "text %d has %d UTF-16 units, more than the %d of one text"
                        .formatted(i, text.length(), limits.textLength()));
            }
            if (text.codePoints().noneMatch(Texts::isReadable)) {
                throw new Refusal(Problem.BLANK_TEXT, "text %d is blank".formatted(i));
            }
        }
    }

    /** Whether BERT's normalizer leaves something of a code point: it drops spaces, controls and lone surrogates. */
    private static boolean isReadable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
