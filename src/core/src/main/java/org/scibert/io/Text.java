package org.scibert.io;

import java.util.Locale;

/** Sentences and data with numbers in them, the same on every machine whatever its user's language. */
public final class Text {
    private Text() {}

    /**
     * A text by {@link String#format} in {@link Locale#ROOT}: the user's locale would write digits of its own, in
     * Arabic or Persian for example, and a comma for the decimal point.
     */
    public static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /**
     * A number with its noun: "0 rows", "1 row", "2 rows".
     *
     * @param noun in the singular, with a plural in s
     */
    public static String count(long number, String noun) {
        return Long.toString(number) + ' ' + noun + (number == 1 ? "" : "s");
    }
}
