package org.scibert.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands in for a Lambda Function URL, on loopback: HTTP on one side, events of payload format 2.0 on the other. */
final class FunctionUrlGateway implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final RuntimeApi lambda;

    private FunctionUrlGateway(HttpServer server, RuntimeApi lambda) {
        this.server = server;
        this.lambda = lambda;
    }

    /** @param lambda that a function asks for events; stays the caller's to close */
    static FunctionUrlGateway start(RuntimeApi lambda) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FunctionUrlGateway gateway = new FunctionUrlGateway(server, lambda);
        server.createContext("/", gateway::handle);
        server.setExecutor(gateway.threads);
        server.start();
        return gateway;
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange http) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        http.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        Exchange exchange = new Exchange("", http.getRequestMethod(), http.getRequestURI().getRawPath(), headers,
                http.getRequestBody().readAllBytes());
        try (http) {
            JsonNode answer = JSON.readTree(lambda.invoke(FunctionUrlEvent.of(exchange).toString()).join());
            answer.path("headers").properties().forEach(header ->
                    http.getResponseHeaders().set(header.getKey(), header.getValue().asText()));
            byte[] body = answer.path("body").asText().getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(answer.path("statusCode").asInt(), body.length == 0 ? -1 : body.length);
            http.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
