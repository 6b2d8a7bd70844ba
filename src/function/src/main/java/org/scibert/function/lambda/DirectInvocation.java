package org.scibert.function.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import org.scibert.function.api.Api;
import org.scibert.function.api.Endpoint;
import org.scibert.function.api.Problem;
import org.scibert.function.api.Refusal;
import org.scibert.function.api.Request;
import org.scibert.io.Text;

/**
 * The same JSON without an HTTP envelope, for callers that invoke the function through Lambda's own API: a body of
 * {@code /classify}, or of the function that {@code "function"} names beside it. The answer is the body alone, an
 * error's too: it has the field {@code error}, and Lambda reports success.
 */
@Singleton
public class DirectInvocation {
    private static final String FUNCTION = "function";

    private final Api api;
    private final LambdaTime time;

    @Inject
    DirectInvocation(Api api, LambdaTime time) {
        this.api = api;
        this.time = time;
    }

    /**
     * Answers or refuses; never throws.
     *
     * @param event as it came
     * @param json the same, read
     */
    byte[] answer(byte[] event, JsonNode json, Context context) {
        try {
            api.check(new Request("POST", Endpoint.CLASSIFY.path(), Map.of(), event));
            Endpoint endpoint = endpoint(json);
            return api.invoke(endpoint, body(json), time.deadline(endpoint.path(), context)).body();
        } catch (Refusal refusal) {
            return api.refuse(refusal).body();
        }
    }

    private static Endpoint endpoint(JsonNode json) {
        JsonNode name = json.get(FUNCTION);
        if (name == null) {
            return Endpoint.CLASSIFY;
        }
        if (!name.isTextual()) {
            throw new Refusal(Problem.WRONG_TYPE, "\"function\" must be a string");
        }
        Endpoint endpoint = Endpoint.function(name.textValue());
        if (!endpoint.takesBody() && json.size() > 1) {
            throw new Refusal(Problem.UNKNOWN_FIELD,
                    Text.format("beside \"function\": \"%s\" there may be no field", name.textValue()));
        }
        return endpoint;
    }

    private static JsonNode body(JsonNode json) {
        return json.has(FUNCTION) ? ((ObjectNode) json).without(FUNCTION) : json;
    }
}
