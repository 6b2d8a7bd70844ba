package org.scibert.training.records;

import java.util.regex.Pattern;

/** Values as fields of a table. */
final class Cells {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.]+([eE][+-]?[0-9]+)?");

    private Cells() {}

    static boolean isNumber(String value) {
        return NUMBER.matcher(value).matches();
    }

    /** A value that no spreadsheet runs as a formula: an apostrophe stands before one that it would. */
    static String harmless(String value) {
        boolean formula = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
        return formula && !isNumber(value) ? "'" + value : value;
    }

    /** A value in quotes if it needs them (RFC 4180). */
    static String quoted(String value, char delimiter) {
        boolean needed = value.indexOf(delimiter) >= 0 || value.indexOf('"') >= 0 || value.indexOf('\n') >= 0
                || value.indexOf('\r') >= 0;
        return needed ? "\"" + value.replace("\"", "\"\"") + "\"" : value;
    }
}
