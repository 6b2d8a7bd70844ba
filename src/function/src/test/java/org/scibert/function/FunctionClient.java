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
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends the same request over HTTP and as a Lambda event. */
final class FunctionClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI http;
    private final URI lambda;

    /** @param lambda the stand-in for Lambda, which takes an event and gives what the handler gave */
    FunctionClient(URI http, URI lambda) {
        this.http = http;
        this.lambda = lambda;
    }

    Reply overHttp(Exchange e) throws IOException, InterruptedException {
        URI address = URI.create(http.getScheme() + "://" + http.getAuthority() + e.path());
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
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
        return overLambda(FunctionUrlEvent.of(e));
    }

    Reply overLambda(ObjectNode event) throws IOException, InterruptedException {
        JsonNode answer = JSON.readTree(invoke(JSON.writeValueAsBytes(event)));
        Map<String, String> headers = new TreeMap<>();
        answer.path("headers").properties()
                .forEach(h -> headers.put(h.getKey().toLowerCase(Locale.ROOT), h.getValue().asText()));
        return new Reply(answer.path("statusCode").asInt(), headers, answer.path("body").asText());
    }

    /** A direct invocation: what Lambda is given goes to the function as it is, and so does what comes back. */
    String invoke(byte[] payload) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(lambda)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(payload)).build(), BodyHandlers.ofString()).body();
    }
}
