package org.scibert.training.datacheck;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What two texts may differ in and still be the same: the form of their characters, case, and white space. */
public final class Normalisation {
    /** The rule in words, for reports. */
    public static final String RULE = "Unicode NFKC, lower case, each run of white space one space, none at the ends";

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private Normalisation() {}

    /** A text as it is compared; texts that give the same are the same. */
    public static String of(String text) {
        String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return WHITE_SPACE.matcher(lower).replaceAll(" ").strip();
    }
}
