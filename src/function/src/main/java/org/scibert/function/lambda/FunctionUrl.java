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
import org.scibert.function.api.Problem;
import org.scibert.function.api.Refusal;
import org.scibert.function.api.Request;
import org.scibert.function.api.Response;
import org.scibert.function.api.Api;
import org.scibert.function.telemetry.Traces;

/** The functions as a Lambda answers them behind a Function URL (events of payload format 2.0). */
@Singleton
public class FunctionUrl implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private final Api api;
    private final Traces traces;

    @Inject
    FunctionUrl(Api api, Traces traces) {
        this.api = api;
        this.traces = traces;
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        Response response = answer(event);
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(response.status())
                .withHeaders(response.headers())
                .withBody(new String(response.body(), StandardCharsets.UTF_8))
                .withIsBase64Encoded(false)
                .build();
    }

    private Response answer(APIGatewayV2HTTPEvent event) {
        try {
            Request request = request(event);
            try (Traces.ServerSpan span = traces.serve(request.method(), headers(event))) {
                Response response = api.handle(request);
                span.status(response.status());
                return response;
            }
        } catch (Refusal refusal) {
            return api.refuse(refusal);
        }
    }

    private static Request request(APIGatewayV2HTTPEvent event) {
        Map<String, String> headers = headers(event);
        return new Request(event.getRequestContext().getHttp().getMethod(), event.getRawPath(),
                headers.get("content-type"), headers.get("content-encoding"), body(event));
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
