package org.scibert.training.datacheck;

import java.text.Normalizer;
import java.util.Locale;

/** What two texts may differ in and still be the same: the form of their characters, case, and white space. */
public final class Normalisation {
    /** The rule in words, for reports. */
    public static final String RULE = "Unicode NFKC, lower case, each run of white space one space, none at the ends";

    private Normalisation() {}

    /** A text as it is compared; texts that give the same are the same. */
    public static String of(String text) {
        String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder words = new StringBuilder(lower.length());
        boolean inWord = false;
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            boolean space = isWhiteSpace(c);
            if (!space) {
                if (!inWord && !words.isEmpty()) {
                    words.append(' ');
                }
                words.append(c);
            }
            inWord = !space;
        }
        return words.toString();
    }

    /** Unicode's White_Space; the JDK's two methods are each a part of it, and take in four separators beside it. */
    private static boolean isWhiteSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}
