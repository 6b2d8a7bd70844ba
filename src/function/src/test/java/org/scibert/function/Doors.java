package org.scibert.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends the same request through either door. */
final class Doors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI http;
    private final URI lambda;

    /** @param lambda the stand-in for Lambda, which takes an event and gives what the handler gave */
    Doors(URI http, URI lambda) {
        this.http = http;
        this.lambda = lambda;
    }

    Reply overHttp(Exchange e) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(http.getScheme() + "://" + http.getAuthority() + e.path()))
                .method(e.method(), e.body().length == 0
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(e.body()));
        e.headers().forEach(request::header);
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        Map<String, String> headers = new TreeMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, String.join(",", values)));
        return new Reply(response.statusCode(), headers, new String(response.body(), StandardCharsets.UTF_8));
    }

    Reply overLambda(Exchange e) throws IOException, InterruptedException {
        return overLambda(event(e));
    }

    Reply overLambda(ObjectNode event) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(HttpRequest.newBuilder(lambda)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(event))).build(),
                BodyHandlers.ofString());
        JsonNode answer = JSON.readTree(response.body());
        Map<String, String> headers = new TreeMap<>();
        answer.path("headers").properties()
                .forEach(h -> headers.put(h.getKey().toLowerCase(Locale.ROOT), h.getValue().asText()));
        return new Reply(answer.path("statusCode").asInt(), headers, answer.path("body").asText());
    }

    /** The event that a Function URL makes of a request: a body that isn't UTF-8 comes as Base64. */
    static ObjectNode event(Exchange e) {
        ObjectNode event = JSON.createObjectNode().put("version", "2.0").put("routeKey", "$default");
        event.put("rawPath", e.path()).put("rawQueryString", "");
        ObjectNode headers = event.putObject("headers");
        e.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        ObjectNode context = event.putObject("requestContext").put("requestId", "1").put("stage", "$default");
        context.putObject("http").put("method", e.method()).put("path", e.path()).put("sourceIp", "127.0.0.1");
        if (e.body().length > 0) {
            try {
                event.put("body", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(e.body())).toString());
                event.put("isBase64Encoded", false);
            } catch (CharacterCodingException notText) {
                event.put("body", Base64.getEncoder().encodeToString(e.body())).put("isBase64Encoded", true);
            }
        }
        return event;
    }
}
