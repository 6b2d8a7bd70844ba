package org.scibert.release;

import java.util.regex.Pattern;
import org.scibert.io.Text;

/** The rule for a release's name: 1 to 64 letters, digits, '.', '_', '-', the first a letter or digit. */
final class ReleaseName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private ReleaseName() {}

    /** Checks a name. */
    static String require(String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    Text.format(
                            "\"%s\" cannot name a release; use up to 64 letters, digits, '.', '_', '-',"
                                    + " beginning with a letter or digit",
                            name));
        }
        return name;
    }
}
