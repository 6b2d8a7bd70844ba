package org.scibert.function.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingSwitchTest {
    @Test
    void withoutAnEndpointThereAreNoTraces() {
        assertThat(disabled(Map.of())).isEqualTo("true");
        assertThat(disabled(Map.of(TracingSwitch.ENDPOINT, " "))).isEqualTo("true");
        assertThat(disabled(Map.of(TracingSwitch.ENDPOINT, "http://collector:4318"))).isEqualTo("false");
    }

    @Test
    void nothingElseIsItsConcern() {
        TracingSwitch tracing = new TracingSwitch(Map.of());

        assertThat(tracing.getValue("quarkus.otel.enabled")).isNull();
        assertThat(tracing.getPropertyNames()).containsExactly(TracingSwitch.DISABLED);
    }

    private static String disabled(Map<String, String> environment) {
        return new TracingSwitch(environment).getValue(TracingSwitch.DISABLED);
    }
}
