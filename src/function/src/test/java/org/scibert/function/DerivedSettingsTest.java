package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DerivedSettingsTest {
    @Test
    void withoutAnEndpointThereAreNoTraces() {
        assertThat(value(DerivedSettings.TRACES_DISABLED, Map.of())).isEqualTo("true");
        assertThat(value(DerivedSettings.TRACES_DISABLED, Map.of(DerivedSettings.OTLP_ENDPOINT, " ")))
                .isEqualTo("true");
        assertThat(value(
                DerivedSettings.TRACES_DISABLED, Map.of(DerivedSettings.OTLP_ENDPOINT, "http://collector:4318")))
                .isEqualTo("false");
    }

    @Test
    void theServerKeepsAsMuchOfABodyAsTheApiTakes() {
        assertThat(value(DerivedSettings.MAX_BODY_SIZE, Map.of())).isEqualTo("1048576");
        assertThat(value(DerivedSettings.MAX_BODY_SIZE, Map.of("LIMITS_BODY_BYTES", " 2048 "))).isEqualTo("2048");
        // The start refuses it later, by the variable's name.
        assertThat(value(DerivedSettings.MAX_BODY_SIZE, Map.of("LIMITS_BODY_BYTES", "much"))).isEqualTo("1048576");
    }

    @Test
    void aConnectionOutlivesTheLongestRequest() {
        assertThat(value(DerivedSettings.IDLE_TIMEOUT, Map.of())).isEqualTo("75S");
        assertThat(value(DerivedSettings.IDLE_TIMEOUT, Map.of("LIMITS_DEADLINE", "5M"))).isEqualTo("315S");
        assertThat(value(DerivedSettings.IDLE_TIMEOUT, Map.of("LIMITS_DEADLINE", "-1S"))).isEqualTo("75S");
    }

    @Test
    void nothingElseIsItsConcern() {
        DerivedSettings settings = new DerivedSettings(Map.of());

        assertThat(settings.getValue("quarkus.otel.enabled")).isNull();
        assertThat(settings.getPropertyNames()).containsExactlyInAnyOrder(
                DerivedSettings.TRACES_DISABLED, DerivedSettings.MAX_BODY_SIZE, DerivedSettings.IDLE_TIMEOUT);
    }

    private static String value(String property, Map<String, String> environment) {
        return new DerivedSettings(environment).getValue(property);
    }
}
