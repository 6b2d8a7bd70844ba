package org.scibert.function.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.scibert.function.api.Endpoint;
import org.scibert.function.api.Refusal;
import org.scibert.function.api.Request;
import org.scibert.function.api.Api;

/**
 * The same JSON without an HTTP envelope, for callers that invoke the function through Lambda's own API: a body of
 * {@code /classify}, or of what {@code "function"} names beside it. The answer is the body alone, an error's too: it
 * has the field {@code error}, and Lambda reports success.
 */
@Singleton
public class DirectInvocation {
    private static final String FUNCTION = "function";

    private final Api api;

    @Inject
    DirectInvocation(Api api) {
        this.api = api;
    }

    /**
     * Answers or refuses; never throws.
     *
     * @param event as it came
     * @param json the same, read; missing if it is not JSON
     */
    byte[] answer(byte[] event, JsonNode json) {
        try {
            return api.handle(request(event, json)).body();
        } catch (Refusal refusal) {
            return api.refuse(refusal).body();
        }
    }

    private static Request request(byte[] event, JsonNode json) {
        if (!json.has(FUNCTION)) {
            return request(Endpoint.CLASSIFY, event);
        }
        Endpoint endpoint = Endpoint.function(json.get(FUNCTION).asText());
        return request(endpoint, ((ObjectNode) json).without(FUNCTION).toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Request request(Endpoint endpoint, byte[] body) {
        return new Request(endpoint.method(), endpoint.path(), null, null, body);
    }
}
