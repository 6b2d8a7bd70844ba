package org.scibert.lexicon;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A word of a text: a run of two or more letters, digits and underscores, as scikit-learn's {@code \w\w+}.
 *
 * @param lower in lower case
 * @param start first UTF-16 unit in the text
 * @param end after the last one
 */
public record Word(String lower, int start, int end) {
    private static final int LEAST_CHARACTERS = 2;

    /** The words of a text, in its order. */
    public static List<Word> of(String text) {
        List<Word> words = new ArrayList<>(text.length() / 6 + 1);
        int start = 0;
        int characters = 0;
        for (int i = 0, width; i < text.length(); i += width) {
            int character = text.codePointAt(i);
            width = Character.charCount(character);
            if (belongs(character)) {
                start = characters++ == 0 ? i : start;
            } else {
                add(words, text, start, i, characters);
                characters = 0;
            }
        }
        add(words, text, start, text.length(), characters);
        return words;
    }

    private static void add(List<Word> words, String text, int start, int end, int characters) {
        if (characters >= LEAST_CHARACTERS) {
            words.add(new Word(text.substring(start, end).toLowerCase(Locale.ROOT), start, end));
        }
    }

    private static boolean belongs(int character) {
        if (character < 128) {
            return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z'
                    || character >= '0' && character <= '9' || character == '_';
        }
        return switch (Character.getType(character)) {
            case Character.UPPERCASE_LETTER, Character.LOWERCASE_LETTER, Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER, Character.OTHER_LETTER, Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> false;
        };
    }
}
