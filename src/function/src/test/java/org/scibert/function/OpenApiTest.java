package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scibert.function.api.Apis;
import org.scibert.function.api.Endpoint;
import org.scibert.function.api.Problem;

/** META-INF/openapi.yaml says what happens, and nothing else happens. */
class OpenApiTest {
    /** Statuses that come of the function's state, whatever the request is. */
    private static final List<Integer> TROUBLES = List.of(401, 429, 500, 503);
    /** Statuses that come of the connection; {@link HttpConnectionTest} has them. */
    private static final int BAD_REQUEST = 400;
    private static final int REQUEST_TIMEOUT = 408;

    static Stream<Endpoint> endpoints() {
        return Arrays.stream(Endpoint.values());
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void everyDocumentedStatusOccursAndNoOther(Endpoint endpoint) throws IOException {
        Set<Integer> occurring = new TreeSet<>();
        Battery.cases().stream()
                .filter(c -> c.exchange().path().equals(endpoint.path()))
                .forEach(c -> occurring.add(c.status()));
        TROUBLES.stream()
                .filter(status -> Apis.inTrouble(status, endpoint.method(), endpoint.path()).status() == status)
                .forEach(occurring::add);
        occurring.add(BAD_REQUEST);
        if (endpoint.takesBody()) {
            occurring.add(REQUEST_TIMEOUT);
        }

        Set<Integer> documented = new TreeSet<>();
        document().at("/paths").path(endpoint.path()).path(endpoint.method().toLowerCase(Locale.ROOT))
                .path("responses").fieldNames().forEachRemaining(status -> documented.add(Integer.valueOf(status)));

        assertThat(documented).isEqualTo(occurring);
    }

    @Test
    void everyCodeOfAnErrorIsDocumentedWithItsStatus() throws IOException {
        Map<Integer, String> descriptions = new TreeMap<>();
        Map.of(400, "BadRequest", 401, "Unauthorized", 408, "RequestTimeout", 405, "MethodNotAllowed", 413, "TooLarge",
                415, "UnsupportedMediaType",
                422, "Unprocessable", 429, "TooManyRequests", 500, "Internal", 503, "Unavailable")
                .forEach((status, name) -> descriptions.put(status, text("/components/responses/" + name)));

        for (Problem problem : Problem.values()) {
            if (problem != Problem.NOT_FOUND && problem != Problem.CALLER_GONE) {
                assertThat(descriptions.get(problem.status())).contains(problem.code());
            }
        }
    }

    private static String text(String pointer) {
        try {
            return document().at(pointer).path("description").asText();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode document() throws IOException {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/META-INF/openapi.yaml")) {
            return new YAMLMapper().readTree(in);
        }
    }
}
