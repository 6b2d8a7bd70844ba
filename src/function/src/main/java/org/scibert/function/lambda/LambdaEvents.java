package org.scibert.function.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.scibert.function.api.Api;
import org.scibert.function.api.Refusal;

/** All that Lambda hands over: events of a Function URL, and direct invocations through Lambda's own API. */
@Singleton
@Named("events")
public class LambdaEvents implements RequestStreamHandler {
    /** AWS adds fields to its events as it likes. */
    private static final JsonMapper EVENTS = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private final Api api;
    private final FunctionUrl url;
    private final DirectInvocation direct;

    @Inject
    LambdaEvents(Api api, FunctionUrl url, DirectInvocation direct) {
        this.api = api;
        this.url = url;
        this.direct = direct;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        byte[] event = in.readAllBytes();
        JsonNode json;
        try {
            json = api.read(event);
        } catch (Refusal refusal) {
            out.write(api.refuse(refusal).body());
            return;
        }
        if (json.has("requestContext")) {
            EVENTS.writeValue(out, answer(json, context));
        } else {
            out.write(direct.answer(event, json, context));
        }
    }

    private APIGatewayV2HTTPResponse answer(JsonNode json, Context context) {
        APIGatewayV2HTTPEvent event;
        try {
            event = EVENTS.treeToValue(json, APIGatewayV2HTTPEvent.class);
        } catch (JsonProcessingException e) {
            return url.refuseEvent();
        }
        return url.handleRequest(event, context);
    }
}
