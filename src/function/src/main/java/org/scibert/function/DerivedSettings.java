package org.scibert.function;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.scibert.function.api.Limits;
import org.scibert.function.serving.ServingLimits;
import org.scibert.function.settings.Setting;

/**
 * The settings of Quarkus that follow from those of the function. A value that the function will refuse counts as unset
 * here, so that the refusal names the variable that the user has set.
 */
public final class DerivedSettings implements ConfigSource {
    /** Traces are made when there is an address to send them to. */
    static final String OTLP_ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    static final String TRACES_DISABLED = "quarkus.otel.sdk.disabled";
    static final String MAX_BODY_SIZE = "quarkus.http.limits.max-body-size";
    static final String IDLE_TIMEOUT = "quarkus.http.idle-timeout";

    /** Above application.properties, below the environment, where each can be overridden. */
    private static final int ORDINAL = 260;

    /** A connection without a request is kept for that long; longer, by this margin, where a request may be. */
    private static final Duration IDLE = Duration.ofSeconds(75);
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private final Map<String, String> values;

    /** For the service loader. */
    public DerivedSettings() {
        this(System.getenv());
    }

    DerivedSettings(Map<String, String> environment) {
        boolean traced = Setting.of(environment, OTLP_ENDPOINT).text().isPresent();
        values = Map.of(
                TRACES_DISABLED, Boolean.toString(!traced),
                MAX_BODY_SIZE, Integer.toString(maxBodySize(environment)),
                IDLE_TIMEOUT, idleTimeout(environment).toSeconds() + "S");
    }

    private static int maxBodySize(Map<String, String> environment) {
        try {
            return Limits.bodyBytes(Setting.of(environment, "LIMITS_BODY_BYTES"));
        } catch (IllegalArgumentException refusedLater) {
            return Limits.DEFAULT_BODY_BYTES;
        }
    }

    private static Duration idleTimeout(Map<String, String> environment) {
        try {
            Duration classify = ServingLimits.deadline(Setting.of(environment, "LIMITS_DEADLINE"));
            Duration explain = ServingLimits.explainDeadline(Setting.of(environment, "LIMITS_EXPLAIN_DEADLINE"));
            Duration deadline = classify.compareTo(explain) > 0 ? classify : explain;
            return deadline.compareTo(IDLE.minus(MARGIN)) > 0 ? deadline.plus(MARGIN) : IDLE;
        } catch (IllegalArgumentException refusedLater) {
            return IDLE;
        }
    }

    @Override
    public String getValue(String property) {
        return values.get(property);
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public String getName() {
        return "settings that follow from the function's";
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}
