package org.scibert.function.telemetry;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Traces are made when there is somewhere to send them: {@value #ENDPOINT} is set. */
public final class TracingSwitch implements ConfigSource {
    static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    static final String DISABLED = "quarkus.otel.sdk.disabled";

    /** Above application.properties, below the environment, where it can be overridden. */
    private static final int ORDINAL = 260;

    private final Map<String, String> environment;

    /** For the service loader. */
    public TracingSwitch() {
        this(System.getenv());
    }

    TracingSwitch(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String getValue(String property) {
        return property.equals(DISABLED)
                ? Boolean.toString(environment.getOrDefault(ENDPOINT, "").isBlank())
                : null;
    }

    @Override
    public Set<String> getPropertyNames() {
        return Set.of(DISABLED);
    }

    @Override
    public String getName() {
        return "traces when " + ENDPOINT + " is set";
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}
