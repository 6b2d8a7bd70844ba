package org.scibert.training.rows;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.scibert.io.Text;

/**
 * Labels as people and programs spell them: which are one label, and which stand for none.
 *
 * <p>A number is one label however it is written ({@code 1}, {@code 1.0}, {@code +1}, {@code 1e0}); its digits are kept
 * where they may be a code ({@code 007}).
 */
public final class LabelText {
    /** What spreadsheets, R, pandas and screening tools write where a label is missing; compared in lower case. */
    private static final Set<String> MISSING = Set.of(
            "", "na", "n/a", "#n/a", "<na>", "nan", "null", "?", "not seen", "not_seen", "not screened", "unlabelled",
            "unlabeled");
    private static final Set<String> POSITIVE =
            Set.of("1", "true", "yes", "y", "include", "included", "relevant", "positive");
    private static final Set<String> NEGATIVE = Set.of(
            "0", "false", "no", "n", "exclude", "excluded", "irrelevant", "not relevant", "negative");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(0|[1-9][0-9]*)(\\.[0-9]*)?([eE][+-]?[0-9]+)?");

    /** A class that is a number has no more digits than this; beyond it, writing one out takes memory without end. */
    private static final int MOST_DIGITS = 30;

    private static final Pattern ENDS = Pattern.compile("^[\\s\\p{Z}\\u200B\\uFEFF]+|[\\s\\p{Z}\\u200B\\uFEFF]+$");

    private LabelText() {}

    /**
     * A label in its one spelling.
     *
     * @return empty if the text stands for a missing label
     * @throws IllegalArgumentException if it can't be a label; the message begins with "the label"
     */
    static Optional<String> of(String text) {
        String label = Normalizer.normalize(ENDS.matcher(text).replaceAll(""), Normalizer.Form.NFC);
        if (MISSING.contains(label.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        if (label.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new IllegalArgumentException(
                    "the label holds half a surrogate pair, which no file can hold; correct it");
        }
        return Optional.of(NUMBER.matcher(label).matches() ? number(label) : label);
    }

    private static String number(String label) {
        BigDecimal number;
        try {
            number = new BigDecimal(label);
        } catch (NumberFormatException e) {
            throw tooLong(label);
        }
        if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
            throw tooLong(label);
        }
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static IllegalArgumentException tooLong(String label) {
        return new IllegalArgumentException(Text.format(
                "the label %s is a number of more than %s digits; write a class's name or a",
                label.length() > 40 ? label.substring(0, 40) + "…" : label, MOST_DIGITS) + " short number");
    }

    /** Whether a label says that a row is looked for: include, yes, 1, … */
    public static boolean isPositive(String label) {
        return POSITIVE.contains(label.toLowerCase(Locale.ROOT));
    }

    /** Whether a label says that a row is not looked for: exclude, no, 0, … */
    public static boolean isNegative(String label) {
        return NEGATIVE.contains(label.toLowerCase(Locale.ROOT));
    }

    /** Whether a label says that a row is looked for, or that it is not. */
    public static boolean isDecision(String label) {
        return isPositive(label) || isNegative(label);
    }
}
