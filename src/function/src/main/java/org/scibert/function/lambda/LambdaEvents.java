package org.scibert.function.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What Lambda hands over: events of a Function URL, and what callers with its API invoke it with themselves. */
@Singleton
@Named("events")
public class LambdaEvents implements RequestStreamHandler {
    /** AWS adds fields to its events as it likes. */
    private static final JsonMapper EVENTS = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private final FunctionUrl url;
    private final DirectInvocation direct;

    @Inject
    LambdaEvents(FunctionUrl url, DirectInvocation direct) {
        this.url = url;
        this.direct = direct;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        byte[] event = in.readAllBytes();
        JsonNode json = read(event);
        if (json.at("/requestContext/http").isObject()) {
            APIGatewayV2HTTPEvent request = EVENTS.treeToValue(json, APIGatewayV2HTTPEvent.class);
            EVENTS.writeValue(out, url.handleRequest(request, context));
        } else {
            out.write(direct.answer(event, json));
        }
    }

    /** What can't be read is nobody's event; the room says what is wrong with it. */
    private static JsonNode read(byte[] event) {
        try {
            return EVENTS.readTree(event);
        } catch (IOException e) {
            return EVENTS.missingNode();
        }
    }
}
