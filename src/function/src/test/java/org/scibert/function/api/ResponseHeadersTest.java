package org.scibert.function.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeadersTest {
    private static final String HERE = "https://app.example.org";

    @Test
    void everyAnswerIsKeptFromCachesFramesAndGuesses() {
        assertThat(headers("").of(null)).containsExactlyEntriesOf(headers("").of(HERE)).containsOnly(
                Map.entry("Cache-Control", "no-store"),
                Map.entry("Content-Security-Policy",
                        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
                Map.entry("Cross-Origin-Resource-Policy", "same-origin"),
                Map.entry("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
                Map.entry("Referrer-Policy", "no-referrer"),
                Map.entry("X-Content-Type-Options", "nosniff"));
    }

    @Test
    void anOriginIsMatchedExactly() {
        ResponseHeaders headers = headers(HERE + ", http://localhost:3000");

        assertThat(headers.of(HERE)).containsEntry("Access-Control-Allow-Origin", HERE).containsEntry("Vary", "Origin");
        assertThat(headers.of("http://localhost:3000"))
                .containsEntry("Access-Control-Allow-Origin", "http://localhost:3000");
        for (String other : List.of(
                "http://app.example.org", "https://app.example.org.evil.org", "https://app.example.org:443",
                "https://APP.example.org", "https://example.org", "null", "*", "", HERE + "," + HERE)) {
            assertThat(headers.of(other)).as(other).containsEntry("Vary", "Origin")
                    .doesNotContainKey("Access-Control-Allow-Origin");
        }
    }

    @Test
    void everyPageMayReadWhereThatIsWanted() {
        assertThat(headers("*").of("https://anything.example")).containsEntry("Access-Control-Allow-Origin", "*")
                .doesNotContainKey("Vary");
        assertThat(headers("*").of(null)).doesNotContainKey("Access-Control-Allow-Origin");
    }

    @Test
    void aPreflightIsAnsweredForAListedOriginAndAKnownPath() {
        Response response = headers(HERE).preflight(preflight("/classify", HERE)).orElseThrow();

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers()).containsOnly(
                Map.entry("Access-Control-Allow-Methods", "POST"),
                Map.entry("Access-Control-Allow-Headers", "Authorization, Content-Encoding, Content-Type, X-API-Key"),
                Map.entry("Access-Control-Max-Age", "7200"));
        assertThat(headers(HERE).preflight(preflight("/model", HERE)).orElseThrow().headers())
                .containsEntry("Access-Control-Allow-Methods", "GET, HEAD");
        assertThat(headers(HERE).preflight(preflight("/nowhere", HERE))).isEmpty();
        assertThat(headers(HERE).preflight(preflight("/classify", "https://other.example"))).isEmpty();
        assertThat(headers("").preflight(preflight("/classify", HERE))).isEmpty();
        assertThat(headers(HERE).preflight(new Request("OPTIONS", "/classify", Map.of("origin", HERE), new byte[0])))
                .as("no browser's question").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/", "https://example.org/page", "example.org", "HTTPS://example.org",
        "https://example.org,*", "null", "https://*.example.org", "https://a b"})
    void whatIsNoOriginIsRefusedByItsEntry(String value) {
        int entry = value.endsWith(",*") ? 2 : 1;

        assertThatThrownBy(() -> headers(value)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("CORS_ORIGINS, entry " + entry + " is \"").hasMessageContaining("without a path");
    }

    private static Request preflight(String path, String origin) {
        return new Request(
                "OPTIONS", path, Map.of("origin", origin, "access-control-request-method", "POST"), new byte[0]);
    }

    private static ResponseHeaders headers(String origins) {
        return new ResponseHeaders(new SmallRyeConfigBuilder().withDefaultValue("cors.origins", origins).build());
    }
}
