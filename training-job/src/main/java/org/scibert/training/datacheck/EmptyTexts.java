package org.scibert.training.datacheck;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;

/** Texts without a letter or digit, and what other tools write where there is no text. Blank ones are never read. */
final class EmptyTexts {
    /** After {@link Normalisation}, without what is neither letter nor digit at the ends. */
    private static final Set<String> PLACEHOLDERS = Set.of(
            "nan", "null", "none", "nil", "undefined", "n/a", "na", "missing", "no abstract",
            "no abstract available", "abstract not available", "no text");

    private static final Pattern ENDS = Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$");

    /** Characters of a text that may be a placeholder; longer ones are not looked at. */
    private static final int LONGEST = 40;

    private EmptyTexts() {}

    static List<Finding> find(Splits<Rows> rows) {
        return RowFindings.find(
                rows,
                FindingKind.EMPTY_TEXT,
                Severity.WARNING,
                "have no letter or digit, or a placeholder such as \"nan\" or \"no abstract available\"",
                "leave these rows out, or put their text in: nothing can be learned from them",
                (split, row) -> isEmpty(row.text()));
    }

    static boolean isEmpty(String text) {
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return true;
        }
        return text.length() <= LONGEST
                && PLACEHOLDERS.contains(ENDS.matcher(Normalisation.of(text)).replaceAll(""));
    }
}
