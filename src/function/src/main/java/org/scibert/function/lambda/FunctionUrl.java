package org.scibert.function.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scibert.function.api.Api;
import org.scibert.function.api.Callers;
import org.scibert.function.api.Problem;
import org.scibert.function.api.Refusal;
import org.scibert.function.api.Request;
import org.scibert.function.api.Response;
import org.scibert.function.api.ResponseHeaders;
import org.scibert.function.telemetry.Traces;

/** The functions as a Lambda answers them behind a Function URL (events of payload format 2.0). */
@Singleton
public class FunctionUrl implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private final Api api;
    private final Callers callers;
    private final ResponseHeaders always;
    private final LambdaTime time;
    private final Traces traces;

    @Inject
    FunctionUrl(Api api, Callers callers, ResponseHeaders always, LambdaTime time, Traces traces) {
        this.api = api;
        this.callers = callers;
        this.always = always;
        this.time = time;
        this.traces = traces;
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        callers.lookIfDue();
        Request request;
        try {
            request = request(event);
        } catch (Refusal refusal) {
            return toLambda(api.refuse(refusal), headers(event), false);
        }
        return toLambda(answer(request, context), request.headers(), request.method().equals("HEAD"));
    }

    /** Refuses an event that is not of the known form; what is in it is repeated nowhere. */
    APIGatewayV2HTTPResponse refuseEvent() {
        return toLambda(api.refuse(unknownForm()), Map.of(), false);
    }

    private Response answer(Request request, Context context) {
        try (Traces.ServerSpan span = traces.serve(request.method(), request.headers())) {
            Response response = api.handle(request, time.deadline(request.path(), context));
            span.status(response.status());
            return response;
        }
    }

    private static Request request(APIGatewayV2HTTPEvent event) {
        if (event.getRequestContext() == null || event.getRequestContext().getHttp() == null
                || event.getRequestContext().getHttp().getMethod() == null || event.getRawPath() == null) {
            throw unknownForm();
        }
        return new Request(
                event.getRequestContext().getHttp().getMethod(), event.getRawPath(), headers(event), body(event));
    }

    private static Refusal unknownForm() {
        return new Refusal(Problem.INVALID_REQUEST,
                "the event is not one of a Lambda Function URL, payload format 2.0, with requestContext.http.method"
                        + " and rawPath");
    }

    /**
     * @param asked the request's headers
     * @param headersOnly whether the body is left out
     */
    private APIGatewayV2HTTPResponse toLambda(Response response, Map<String, String> asked, boolean headersOnly) {
        Map<String, String> headers = new LinkedHashMap<>(always.of(asked.get("origin")));
        headers.putAll(response.headers());
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(response.status())
                .withHeaders(headers)
                .withBody(headersOnly ? "" : new String(response.body(), StandardCharsets.UTF_8))
                .withIsBase64Encoded(false)
                .build();
    }

    /** Their names are in lower case: Lambda's doing. */
    private static Map<String, String> headers(APIGatewayV2HTTPEvent event) {
        return event.getHeaders() == null ? Map.of() : event.getHeaders();
    }

    private static byte[] body(APIGatewayV2HTTPEvent event) {
        if (event.getBody() == null) {
            return new byte[0];
        }
        if (!event.getIsBase64Encoded()) {
            return event.getBody().getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(event.getBody());
        } catch (IllegalArgumentException e) {
            throw new Refusal(Problem.INVALID_JSON, "the body is not Base64, though the event says so");
        }
    }
}
