package org.scibert.function.api;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The description of the functions that the function itself gives: Quarkus writes none for Funqy. */
@Singleton
final class OpenApi {
    private static final String RESOURCE = "META-INF/openapi.yaml";

    private final Response response;

    OpenApi() {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(RESOURCE)) {
            this.response = new Response(200, Map.of("Content-Type", "application/yaml"), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Response response() {
        return response;
    }
}
