package org.scibert.infra.config;

import java.util.Locale;

/** What the records' constructors have in common: a message with the value, its limit and what to do. */
final class Check {
    private Check() {}

    static void that(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new ConfigException(String.format(Locale.ROOT, message, values));
        }
    }

    static void range(String key, long value, long least, long most) {
        that(value >= least && value <= most, "%s is %d; it must be %d to %d", key, value, least, most);
    }

    static void form(String key, String value, String pattern, String example) {
        that(value.matches(pattern), "%s is \"%s\"; write it like \"%s\"", key, value, example);
    }
}
