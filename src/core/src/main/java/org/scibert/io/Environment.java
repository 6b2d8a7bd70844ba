package org.scibert.io;

import java.util.Map;
import java.util.Optional;

/** Environment variables as settings: a blank variable counts as unset, and white space around a value is dropped. */
public final class Environment {
    private Environment() {}

    /**
     * The value of a setting.
     *
     * @param environment usually {@link System#getenv()}
     * @return the stripped value; empty if the variable is unset or blank
     */
    public static Optional<String> setting(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
