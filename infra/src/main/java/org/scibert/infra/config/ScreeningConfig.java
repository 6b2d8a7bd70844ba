package org.scibert.infra.config;

/**
 * Screening of whole files.
 *
 * @param enabled whether there is a screening stack
 * @param concurrency batches in work at a time, of up to 32 texts each. Callers share the function's limit, and a new
 *     account runs ten calls at a time; {@code deploy.sh} asks AWS for the account's number
 */
public record ScreeningConfig(boolean enabled, int concurrency) {

    public ScreeningConfig {
        Check.range("screening.concurrency", concurrency, 1, 1000);
    }

    static ScreeningConfig of(Settings settings) {
        return new ScreeningConfig(
                settings.flag("screening.enabled", false),
                settings.integer("screening.concurrency", 5));
    }
}
