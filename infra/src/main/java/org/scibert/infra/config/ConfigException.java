package org.scibert.infra.config;

/**
 * A setting, or a combination of settings, that can't be deployed; the message says which, and what to write instead.
 */
public final class ConfigException extends IllegalArgumentException {
    public ConfigException(String message) {
        super(message);
    }
}
