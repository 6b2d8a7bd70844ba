package org.scibert.function.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.scibert.function.api.Api;
import org.scibert.function.api.Problem;
import org.scibert.function.api.Refusal;
import org.scibert.function.api.Request;
import org.scibert.function.api.Response;
import org.scibert.function.telemetry.Traces;

/** The functions as a Lambda answers them behind a Function URL (events of payload format 2.0). */
@Singleton
public class FunctionUrl implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private final Api api;
    private final LambdaTime time;
    private final Traces traces;

    @Inject
    FunctionUrl(Api api, LambdaTime time, Traces traces) {
        this.api = api;
        this.time = time;
        this.traces = traces;
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        try {
            Request request = request(event);
            Response response = answer(request, headers(event), context);
            return toLambda(response, request.method().equals("HEAD") ? "" : text(response));
        } catch (Refusal refusal) {
            Response response = api.refuse(refusal);
            return toLambda(response, text(response));
        }
    }

    /** Refuses an event that is not of the known form; what is in it is repeated nowhere. */
    APIGatewayV2HTTPResponse refuseEvent() {
        Response response = api.refuse(unknownForm());
        return toLambda(response, text(response));
    }

    private Response answer(Request request, Map<String, String> headers, Context context) {
        try (Traces.ServerSpan span = traces.serve(request.method(), headers)) {
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
        Map<String, String> headers = headers(event);
        return new Request(event.getRequestContext().getHttp().getMethod(), event.getRawPath(),
                headers.get("content-type"), headers.get("content-encoding"), body(event));
    }

    private static Refusal unknownForm() {
        return new Refusal(Problem.INVALID_REQUEST,
                "the event is not one of a Lambda Function URL, payload format 2.0, with requestContext.http.method and rawPath");
    }

    private static String text(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static APIGatewayV2HTTPResponse toLambda(Response response, String body) {
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(response.status())
                .withHeaders(response.headers())
                .withBody(body)
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
