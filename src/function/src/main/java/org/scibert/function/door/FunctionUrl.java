package org.scibert.function.door;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.scibert.function.room.Problem;
import org.scibert.function.room.Refusal;
import org.scibert.function.room.Request;
import org.scibert.function.room.Response;
import org.scibert.function.room.Room;
import org.scibert.function.room.Traces;

/** The functions as a Lambda answers them behind a Function URL (events of payload format 2.0). */
@Singleton
public class FunctionUrl implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private final Room room;
    private final Traces traces;

    @Inject
    FunctionUrl(Room room, Traces traces) {
        this.room = room;
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
            return traces.serve(request(event), headers(event), room::handle);
        } catch (Refusal refusal) {
            return room.refuse(refusal);
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
